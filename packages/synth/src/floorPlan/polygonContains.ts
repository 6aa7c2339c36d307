import type { FloorPoint } from "./floorPlan.ts";

/** Whether a point lies inside a simple polygon: a ray to the right crosses its sides an odd number of times. */
export function polygonContains(polygon: readonly FloorPoint[], [x, y]: FloorPoint): boolean {
  let inside = false;
  for (let i = 0; i < polygon.length; i++) {
    const [fromX, fromY] = polygon[i];
    const [toX, toY] = polygon[(i + 1) % polygon.length];
    const straddles = fromY > y !== toY > y;
    if (straddles && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) inside = !inside;
  }
  return inside;
}
