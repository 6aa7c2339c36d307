import type { FloorPoint } from "./footprint.ts";

/** The mean of at least one point. */
export function middleOf(points: readonly FloorPoint[]): FloorPoint {
  const mean = (plane: 0 | 1) => points.reduce((sum, point) => sum + point[plane], 0) / points.length;
  return [mean(0), mean(1)];
}
