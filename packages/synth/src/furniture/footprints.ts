import type { FloorPoint, FloorRectangle } from "../floorPlan.ts";
import { nextCorner } from "../floorPlan.ts";

/**
 * A turned rectangle on the floor: middle, full lengths along its own sides, counter-clockwise turn in radians. Metres.
 */
export interface Footprint {
  center: FloorPoint;
  width: number;
  depth: number;
  yaw: number;
}

/** Whether two turned rectangles come nearer than `clearance` metres along every side's direction (separating axes). */
export function footprintsOverlap(first: Footprint, second: Footprint, clearance: number): boolean {
  const apartX = second.center[0] - first.center[0];
  const apartY = second.center[1] - first.center[1];
  for (const angle of [first.yaw, first.yaw + Math.PI / 2, second.yaw, second.yaw + Math.PI / 2]) {
    const apart = Math.abs(apartX * Math.cos(angle) + apartY * Math.sin(angle));
    if (apart >= halfExtent(first, angle) + halfExtent(second, angle) + clearance) return false;
  }
  return true;
}

function halfExtent({ width, depth, yaw }: Footprint, angle: number): number {
  return (width * Math.abs(Math.cos(angle - yaw)) + depth * Math.abs(Math.sin(angle - yaw))) / 2;
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

/** The outer walls as strips on the floor, `reach` metres to both sides of each wall's plane. */
export function wallFootprints(outline: readonly FloorPoint[], reach: number): Footprint[] {
  return outline.map(([startX, startY], wall) => {
    const [endX, endY] = nextCorner(outline, wall);
    return {
      center: [(startX + endX) / 2, (startY + endY) / 2],
      width: Math.hypot(endX - startX, endY - startY),
      depth: 2 * reach,
      yaw: Math.atan2(endY - startY, endX - startX),
    };
  });
}
