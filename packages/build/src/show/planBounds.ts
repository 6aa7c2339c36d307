import type { FloorPoint } from "./footprint.ts";
import type { Plan } from "./plan.ts";

/** Metres. */
export interface Bounds {
  min: FloorPoint;
  max: FloorPoint;
}

/** Around everything that a plan draws; a point at the origin for an empty one. */
export function planBounds({ outline, boxes, lines, points }: Plan): Bounds {
  const all = [
    ...outline.flat(),
    ...boxes.flatMap(({ corners }) => corners),
    ...lines.flatMap(({ from, to }) => [from, to]),
    ...points.map(({ at }) => at),
  ];
  const [first = [0, 0]] = all;
  let { min, max }: Bounds = { min: first, max: first };
  for (const [x, y] of all) {
    min = [Math.min(min[0], x), Math.min(min[1], y)];
    max = [Math.max(max[0], x), Math.max(max[1], y)];
  }
  return { min, max };
}
