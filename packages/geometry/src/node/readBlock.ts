import type { FileHandle } from "node:fs/promises";
import { GeometryError } from "../geometryError.ts";

/**
 * Reads `length` bytes from byte `start` of an open file.
 *
 * @param file The file's name in messages.
 * @param truncatedCode The error's code when the file ends before.
 * @throws GeometryError with that code.
 */
export async function readBlock(
  handle: FileHandle,
  start: number,
  length: number,
  file: string,
  truncatedCode = "ply-truncated",
): Promise<Uint8Array> {
  const block = Buffer.allocUnsafe(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await handle.read(block, filled, length - filled, start + filled);
    if (bytesRead === 0) {
      throw new GeometryError(truncatedCode, {
        file,
        place: `byte ${start + filled}`,
        got: "the end of the file",
        expected: `${length - filled} more bytes`,
        advice: "The file became shorter while it was read; let the download finish first.",
      });
    }
    filled += bytesRead;
  }
  return block;
}
