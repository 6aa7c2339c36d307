import type { FloorPoint } from "./floorPlan.ts";

/** The area inside a simple polygon in square metres, by the shoelace formula; positive when it runs counter-clockwise. */
export function polygonArea(polygon: readonly FloorPoint[]): number {
  let doubled = 0;
  for (let i = 0; i < polygon.length; i++) {
    const [x, y] = polygon[i];
    const [nextX, nextY] = polygon[(i + 1) % polygon.length];
    doubled += x * nextY - nextX * y;
  }
  return doubled / 2;
}
