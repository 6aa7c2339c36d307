import { physicalRoomOf } from "@vsi/dataset";
import { testStream } from "@vsi/testing/stream";
import type { FoldedScan, PickInput } from "../../src/balance/folds.ts";
import type { ScenePool } from "../../src/balance/pools.ts";

type Stream = ReturnType<typeof testStream>;

/** Rooms with pools made by hand, dealt to five folds in turns, for what picks one type. */
export function pickInput(rooms: number, poolOf: (stream: Stream, room: number) => ScenePool, limit = 6): PickInput {
  const scans = Array.from({ length: rooms }, (_, room): FoldedScan => {
    const scanId = `scene${String(room).padStart(4, "0")}_00`;
    const pool = poolOf(testStream(room), room);
    return { scanId, split: "train", room: physicalRoomOf(scanId), pool, limitOf: () => limit, fold: room % 5 };
  });
  return { scans, folds: [0, 1, 2, 3, 4], seed: 0 };
}

/** The same without anything to learn from. */
export function unguessed(input: PickInput): PickInput {
  return { ...input, scans: input.scans.map((scan) => ({ ...scan, fold: 0 })), folds: [] };
}
