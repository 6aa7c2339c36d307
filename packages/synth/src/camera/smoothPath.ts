import type { FloorPoint } from "../floorPlan/floorPlan.ts";

/** 60: after that many rounds corners of a path on a 10 cm grid are rounded over about a metre. */
const rounds = 60;

/** Moves each point between its neighbours, again and again, wherever that leaves it free; both ends stay. */
export function smoothPath(path: readonly FloorPoint[], isFree: (point: FloorPoint) => boolean): FloorPoint[] {
  const smoothed = [...path];
  for (let round = 0; round < rounds; round++) {
    for (let i = 1; i < smoothed.length - 1; i++) {
      const [before, after] = [smoothed[i - 1], smoothed[i + 1]];
      const between: FloorPoint = [(before[0] + after[0]) / 2, (before[1] + after[1]) / 2];
      if (isFree(between)) smoothed[i] = between;
    }
  }
  return smoothed;
}
