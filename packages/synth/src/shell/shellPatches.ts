import type { FloorPoint, FloorRectangle } from "../floorPlan/floorPlan.ts";
import type { Patch } from "../mesh/patch.ts";

/** 0.1 m: half of the circumradius that VSI-Bench's alpha shape of the floor keeps (0.2 m), so that the floor never tears. */
const floorSpacing = 0.1;

/** A piece of the floor, front up. */
export function floorPatch({ min, max }: FloorRectangle): Patch {
  return {
    origin: [min[0], min[1], 0],
    u: [max[0] - min[0], 0, 0],
    v: [0, max[1] - min[1], 0],
    maximumSpacing: floorSpacing,
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
export function ceilingPatch({ min, max }: FloorRectangle, depth: number, height: number): Patch {
  return {
    origin: [min[0], min[1], height],
    u: [0, depth, 0],
    v: [max[0] - min[0], 0, 0],
    maximumSpacing: Number.POSITIVE_INFINITY,
  };
}
