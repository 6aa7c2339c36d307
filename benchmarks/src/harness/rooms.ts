import { writeRawScanNet } from "@vsi/synth/node";

interface RoomsToWrite {
  rooms: number;
  /** Vertices of each mesh. */
  vertexCount: number;
}

/** Where the sample rooms' numbers start; four digits leave 1,000 from here on. */
const FIRST_SAMPLE_ROOM = 9000;
const ROOM_NUMBERS = 10_000;

/**
 * Writes sample rooms, all different, as a raw ScanNet folder. More than 1,000 take the numbers just below the sample
 * rooms' too, so that `vsi-build` names their dataset otherwise; the work is the same.
 * @throws SynthError "room-count" for more than 10,000.
 */
export async function writeRooms(root: string, { rooms, vertexCount }: RoomsToWrite): Promise<string[]> {
  const firstRoom = Math.min(FIRST_SAMPLE_ROOM, ROOM_NUMBERS - rooms);
  return writeRawScanNet(root, { rooms, seed: 1, vertexCount, firstRoom });
}

/** Vertices of a usual ScanNet mesh (`<scanId>_vh_clean_2.ply`), which has about 283,000 faces; its file is 6 MB. */
export const REAL_SIZE = 150_000;

/** Vertices of a small room, where a thousand of them have to fit on the disk: 1 MB of files each. */
export const SMALL_SIZE = 20_000;
