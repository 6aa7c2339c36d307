import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { FloorPlan } from "../floorPlan/floorPlan.ts";
import type { RoomObject } from "../mesh/roomObject.ts";
import { drawBetween } from "../random/drawBetween.ts";
import { drawLength } from "../random/drawLength.ts";
import { ceilingPatch, floorPatch, wallPatch } from "./shellPatches.ts";
import { solidPatches } from "./solidPatches.ts";

/**
 * Floor, outer walls, pillar or partition, and a strip of the ceiling (hand-held scans rarely show more of it),
 * which is annotated in half of the rooms: real scans have surface without a label too.
 */
export function buildShell(random: RandomGenerator, plan: FloorPlan): RoomObject[] {
  const { outline, ceilingHeight } = plan;
  const walls = outline.map((start, i) => ({
    label: "wall",
    patches: [wallPatch(start, outline[(i + 1) % outline.length], ceilingHeight)],
    piece: null,
  }));
  const objects: RoomObject[] = [{ label: "floor", patches: plan.floor.map(floorPatch), piece: null }, ...walls];
  if (plan.solids.length > 0) {
    objects.push({
      label: plan.shape === "pillar" ? "pillar" : "wall",
      patches: solidPatches(plan),
      piece: null,
    });
  }
  objects.push({
    label: drawBetween(random, 0, 1) < 0.5 ? "ceiling" : null,
    patches: [ceilingPatch(plan.floor[0], drawLength(random, 0.5, 1), ceilingHeight)],
    piece: null,
  });
  return objects;
}
