import { cellAt, type FloorPoint, type FreeFloor } from "./freeFloor.ts";

/**
 * Whether the body's middle may be everywhere on the straight line between two points: every cell that the line passes
 * is standable (Amanatides and Woo, "A fast voxel traversal algorithm for ray tracing", 1987).
 */
export function isStraightWalk(floor: FreeFloor, from: FloorPoint, to: FloorPoint): boolean {
  let cell = cellAt(floor, from);
  const last = cellAt(floor, to);
  if (cell < 0 || last < 0) {
    return false;
  }
  const x = axisWalk(from[0] - floor.origin[0], to[0] - floor.origin[0], floor.cell_m);
  const y = axisWalk(from[1] - floor.origin[1], to[1] - floor.origin[1], floor.cell_m);
  let steps = x.steps + y.steps;
  while (floor.standable[cell] === 1 && steps > 0) {
    const alongX = x.next < y.next;
    cell += alongX ? x.direction : y.direction * floor.columns;
    if (alongX) {
      x.next += x.each;
    } else {
      y.next += y.each;
    }
    steps--;
  }
  return steps === 0 && floor.standable[cell] === 1;
}

/** Where on the line, as a share of its length, it first crosses into the next cell along one axis, and how often it does. */
function axisWalk(from: number, to: number, cell_m: number) {
  const first = Math.floor(from / cell_m);
  const steps = Math.abs(Math.floor(to / cell_m) - first);
  const edge = (to > from ? first + 1 : first) * cell_m;
  return {
    steps,
    direction: Math.sign(to - from),
    // Without a crossing to come, never before the other axis's.
    next: steps === 0 ? Number.POSITIVE_INFINITY : (edge - from) / (to - from),
    each: steps === 0 ? Number.POSITIVE_INFINITY : cell_m / Math.abs(to - from),
  };
}
