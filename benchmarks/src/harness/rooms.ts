import { join } from "node:path";
import { writeRawScanNet } from "@vsi/synth/node";

/** Real data, which is not in the repository: found as the tests find it, below the folder beside the checkout. */
export const SHARED_DATA = process.env.VSI_SHARED_DATA ?? join("..", "shared", "data");

interface RoomsToWrite {
  rooms: number;
  /** Vertices of each mesh. */
  vertexCount: number;
}

/** Writes sample rooms, all different, as a raw ScanNet folder. */
export async function writeRooms(root: string, { rooms, vertexCount }: RoomsToWrite): Promise<string[]> {
  return writeRawScanNet(root, { rooms, seed: 1, vertexCount });
}

/** Vertices of a usual ScanNet mesh (`<scanId>_vh_clean_2.ply`), which has about 283,000 faces; its file is 6 MB. */
export const REAL_SIZE = 150_000;

/** Vertices of a small room, where a thousand of them have to fit on the disk: 1 MB of files each. */
export const SMALL_SIZE = 20_000;
