import { join } from "node:path";
import { RAW_SCANNET_DEFAULTS, writeRawScanNet } from "@vsi/synth/node";

/** Real data, which is not in the repository: found as the tests find it, below the folder beside the checkout. */
export const SHARED_DATA = process.env.VSI_SHARED_DATA ?? join("..", "shared", "data");

interface RoomsToWrite {
  rooms: number;
  /** Vertices of each mesh. */
  vertexCount: number;
}

/** Writes sample rooms, all different, as a raw ScanNet folder. */
export async function writeRooms(root: string, { rooms, vertexCount }: RoomsToWrite): Promise<string[]> {
  return writeRawScanNet(root, { rooms, seed: 1, vertexCount, firstRoom: firstRoomOf(rooms) });
}

const FOUR_DIGITS = 10_000;
/** ScanNet's own rooms end at scene0806. */
const AFTER_SCANNET = 1000;

/**
 * The number of the first of so many rooms. More than 1,000 begin before scene9000: version 0.1 reads no scan whose number
 * has five digits.
 */
export function firstRoomOf(rooms: number): number {
  return Math.min(RAW_SCANNET_DEFAULTS.firstRoom, Math.max(AFTER_SCANNET, FOUR_DIGITS - rooms));
}

/** Vertices of a usual ScanNet mesh (`<scanId>_vh_clean_2.ply`), which has about 283,000 faces; its file is 6 MB. */
export const REAL_SIZE = 150_000;

/** Vertices of a small room, where a thousand of them have to fit on the disk: 1 MB of files each. */
export const SMALL_SIZE = 20_000;
