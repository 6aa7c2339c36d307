import type { FloorPoint } from "../floorPlan/floorPlan.ts";
import type { FreeFloor } from "./freeFloor.ts";
import { stepsFrom } from "./stepsFrom.ts";

/**
 * A shortest path between two points that lie about as far apart as any: from the point farthest from `start` to the one farthest
 * from that. With two rooms it goes through the doorway.
 * @param start a position in `floor.points`; the path stays in the part of the floor that can be reached from it.
 */
export function longestPath(floor: FreeFloor, start: number): FloorPoint[] {
  const steps = stepsFrom(floor, farthest(stepsFrom(floor, start)));
  let point = farthest(steps);
  const path = [floor.points[point]];
  while (steps[point] > 0) {
    point = floor.neighbours[point].find((neighbour) => steps[neighbour] === steps[point] - 1)!;
    path.push(floor.points[point]);
  }
  return path;
}

function farthest(steps: Int32Array): number {
  return steps.indexOf(steps.reduce((most, count) => Math.max(most, count), 0));
}
