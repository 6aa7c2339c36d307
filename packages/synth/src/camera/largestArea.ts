import type { FreeFloor } from "./freeFloor.ts";
import { stepsFrom } from "./stepsFrom.ts";

/** The positions in `floor.points` of the largest part of the floor in which every point can be reached from every other; in order. */
export function largestArea(floor: Pick<FreeFloor, "neighbours">): number[] {
  let largest: number[] = [];
  const seen = new Uint8Array(floor.neighbours.length);
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] === 1) continue;
    const area: number[] = [];
    stepsFrom(floor, start).forEach((steps, point) => {
      if (steps < 0) return;
      seen[point] = 1;
      area.push(point);
    });
    if (area.length > largest.length) largest = area;
  }
  return largest;
}
