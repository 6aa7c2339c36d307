import type { Footprint } from "./footprint.ts";

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
