import { at } from "@vsi/dataset/internal";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { FloorPlan, FloorPoint, FloorRectangle } from "../floorPlan.ts";
import { nextCorner } from "../floorPlan.ts";
import { boxPatches, type Patch, type RoomObject } from "../mesh/patches.ts";
import { drawBetween, drawLength } from "../random.ts";

/**
 * Floor, outer walls, pillar or partition, and a strip of the ceiling (hand-held scans rarely show more of it),
 * which is annotated in half of the rooms: real scans have surface without a label too.
 */
export function buildShell(random: RandomGenerator, plan: FloorPlan): RoomObject[] {
  const { outline, ceilingHeight } = plan;
  const walls = outline.map((start, i) => ({
    label: "wall",
    patches: [wallPatch(start, nextCorner(outline, i), ceilingHeight)],
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
    patches: [ceilingPatch(at(plan.floor, 0), drawLength(random, 0.5, 1), ceilingHeight)],
    piece: null,
  });
  return objects;
}

/**
 * 0.1 m: half of the circumradius that VSI-Bench's alpha shape of the floor keeps (0.2 m), so that the floor never
 * tears.
 */
const FLOOR_SPACING = 0.1;

/** A piece of the floor, front up. */
export function floorPatch({ min, max }: FloorRectangle): Patch {
  return {
    origin: [min[0], min[1], 0],
    u: [max[0] - min[0], 0, 0],
    v: [0, max[1] - min[1], 0],
    maximumSpacing: FLOOR_SPACING,
  };
}

/** An outer wall from one corner of the outline to the next, counter-clockwise; its front looks into the room. */
export function wallPatch([startX, startY]: FloorPoint, [endX, endY]: FloorPoint, height: number): Patch {
  return {
    origin: [endX, endY, 0],
    u: [startX - endX, startY - endY, 0],
    v: [0, 0, height],
    maximumSpacing: Number.POSITIVE_INFINITY,
  };
}

/** The part of the ceiling over a rectangle's lower edge, front down. */
function ceilingPatch({ min, max }: FloorRectangle, depth: number, height: number): Patch {
  return {
    origin: [min[0], min[1], height],
    u: [0, depth, 0],
    v: [max[0] - min[0], 0, 0],
    maximumSpacing: Number.POSITIVE_INFINITY,
  };
}

/**
 * The visible faces of the pillar or the partition: the sides of each solid, and the wall over the doorway with its
 * underside.
 */
export function solidPatches({ solids, doorway, ceilingHeight }: FloorPlan): Patch[] {
  const sides = solids.flatMap(({ min, max }) =>
    boxPatches({ min: [...min, 0], max: [...max, ceilingHeight] }).filter(isUpright),
  );
  if (!doorway) return sides;
  const { min, max } = doorway.floor;
  const lintel = boxPatches({ min: [...min, doorway.height], max: [...max, ceilingHeight] });
  const alongPassage = (patch: Patch) => isUpright(patch) && patch.u[0] === 0 && patch.v[0] === 0;
  const underside = (patch: Patch) => !isUpright(patch) && patch.origin[2] === doorway.height;
  return [...sides, ...lintel.filter((patch) => alongPassage(patch) || underside(patch))];
}

function isUpright({ u, v }: Patch): boolean {
  return u[2] !== 0 || v[2] !== 0;
}
