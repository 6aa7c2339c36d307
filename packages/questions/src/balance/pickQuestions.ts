import { FOLDS, foldsOf, LEAST_ROOMS, type PickInput, type PooledScan } from "./folds.ts";
import { pickDirections } from "./pickDirections.ts";
import { pickOrders } from "./pickOrders.ts";
import { pickRelDistances } from "./pickRelDistances.ts";
import type { Pick } from "./pools.ts";

/** What picking decided. */
export interface Picks {
  byScan: ReadonlyMap<string, readonly Pick[]>;
  /** Physical rooms that were learnt from; 0 where there were too few. */
  rooms: number;
}

/**
 * Picks every scan's questions so that the right answer cannot be told from the words, over all scans of a split: for
 * each scan, what other rooms' questions would make a blind model guess is held against the truth, and what makes guess
 * and truth meet as often as by chance is picked. Rescans of a room are one room.
 *
 * @param scans in the order of their ids.
 */
export function pickQuestions(scans: readonly PooledScan[], seed: number): Picks {
  const rooms = [...new Set(scans.map(({ room }) => room))];
  const learns = rooms.length >= LEAST_ROOMS;
  const foldOf = foldsOf(rooms, seed);
  const folded = scans.map((scan) => ({ ...scan, fold: foldOf.get(scan.room) ?? 0 }));
  const input: PickInput = { scans: folded, folds: learns ? [...Array(FOLDS).keys()] : [], seed };
  const byScan = new Map<string, Pick[]>(scans.map(({ scanId }) => [scanId, []]));
  for (const [scanId, picks] of [
    ...pickRelDistances(input),
    ...pickDirections("object_rel_direction_easy", input),
    ...pickDirections("object_rel_direction_medium", input),
    ...pickDirections("object_rel_direction_hard", input),
    ...pickOrders(input),
  ]) {
    byScan.get(scanId)?.push(...picks);
  }
  return { byScan, rooms: learns ? rooms.length : 0 };
}
