import { openScanFile } from "./openScanFile.ts";

/** The whole file; errors as in `openScanFile`. */
export async function readScanFile(path: string, file: string): Promise<Uint8Array> {
  return openScanFile(path, file, (handle) => handle.readFile());
}
