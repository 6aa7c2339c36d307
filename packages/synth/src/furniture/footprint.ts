import type { FloorPoint, FloorRectangle } from "../floorPlan/floorPlan.ts";

/** A turned rectangle on the floor: middle, full lengths along its own sides, counter-clockwise turn in radians. Metres. */
export interface Footprint {
  center: FloorPoint;
  width: number;
  depth: number;
  yaw: number;
}

/** An axis-aligned rectangle as a footprint. */
export function rectangleFootprint({ min, max }: FloorRectangle): Footprint {
  return {
    center: [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2],
    width: max[0] - min[0],
    depth: max[1] - min[1],
    yaw: 0,
  };
}
