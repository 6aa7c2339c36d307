import { createHash } from "node:crypto";
import type { ScanInput } from "../scans/scanInput.ts";
import { fingerprintScan } from "./fingerprintScan.ts";

/** Tells whether what a kept result was made from is still the same. Stays in the working folder. */
export async function fingerprintInput(input: ScanInput): Promise<string> {
  if (input.kind === "raw") return fingerprintScan(input.folder.path);
  return createHash("sha256").update(JSON.stringify(input.facts)).digest("hex");
}
