import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeRawScanNet } from "@vsi/synth/node";

/** The endings of a scan's four files. */
export const MESH = "_vh_clean_2.ply";
export const SEGMENTS = "_vh_clean_2.0.010000.segs.json";
export const AGGREGATION = ".aggregation.json";
export const SCAN_INFO = ".txt";

/** 10000: the largest sample rooms do not fit fewer vertices. */
const VERTICES = 10_000;

/**
 * Sample rooms in ScanNet's formats.
 * @returns the scans' ids, from scene9000_00 on.
 */
export async function makeRawFolder(root: string, rooms: number): Promise<string[]> {
  await mkdir(root);
  return writeRawScanNet(root, { rooms, seed: 5, vertexCount: VERTICES });
}

export function scanFile(root: string, scanId: string, ending: string): string {
  return join(root, "scans", scanId, `${scanId}${ending}`);
}

/** Replaces a file by what `change` makes of it. */
export async function changeFile(path: string, change: (bytes: Buffer) => Uint8Array | string): Promise<void> {
  await writeFile(path, change(await readFile(path)));
}

/** A change of a JSON file: `edit` alters what was parsed. */
export function editJson<Document>(edit: (document: Document) => void): (bytes: Buffer) => string {
  return (bytes) => {
    const document = JSON.parse(bytes.toString("utf8")) as Document;
    edit(document);
    return JSON.stringify(document);
  };
}
