import type { FloorPoint, FloorRectangle } from "./floorPlan.ts";

/** The corners of a rectangle, counter-clockwise from its minimum. */
export function rectangleCorners({ min, max }: FloorRectangle): FloorPoint[] {
  return [
    [min[0], min[1]],
    [max[0], min[1]],
    [max[0], max[1]],
    [min[0], max[1]],
  ];
}
