import type { FloorPoint } from "../floorPlan/floorPlan.ts";
import type { Footprint } from "./footprint.ts";

/** The outer walls as strips on the floor, `reach` metres to both sides of each wall's plane. */
export function wallFootprints(outline: readonly FloorPoint[], reach: number): Footprint[] {
  return outline.map(([startX, startY], wall) => {
    const [endX, endY] = outline[(wall + 1) % outline.length];
    return {
      center: [(startX + endX) / 2, (startY + endY) / 2],
      width: Math.hypot(endX - startX, endY - startY),
      depth: 2 * reach,
      yaw: Math.atan2(endY - startY, endX - startX),
    };
  });
}
