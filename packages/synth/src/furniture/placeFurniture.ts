import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { FloorPlan } from "../floorPlan/floorPlan.ts";
import { polygonContains } from "../floorPlan/polygonContains.ts";
import { drawPose } from "./drawPose.ts";
import type { Footprint } from "./footprint.ts";
import { footprintsOverlap } from "./footprintsOverlap.ts";
import type { Furnishing } from "./furnishings.ts";
import { furnitureKinds } from "./furnitureKinds.ts";
import { makePiece } from "./makePiece.ts";
import type { Piece } from "./piece.ts";
import { placeRiders } from "./placeRiders.ts";

/** 400: of 2,000 rooms, every one then holds the least its furnishing asks for; more only costs time in full rooms. */
const triesPerPiece = 400;

/** Metres between two pieces: a scan would melt nearer ones together. */
const clearance = 0.05;

/**
 * Furniture on the floor, and what stands on it. No two pieces touch but a rider and its carrier.
 * A piece for which no free place is found is left out.
 * @param keepFree footprints of walls, pillars, partitions and the way in.
 */
export function placeFurniture(
  random: RandomGenerator,
  plan: FloorPlan,
  furnishing: Furnishing,
  keepFree: readonly Footprint[],
): Piece[] {
  const taken = [...keepFree];
  const pieces: Piece[] = [];
  for (const [label, least, most] of furnishing.furniture) {
    const kind = furnitureKinds[label];
    const count = uniformInt(random, least, most);
    for (let i = 0; i < count; i++) {
      const piece = makePiece(random, label, kind);
      for (let attempt = 0; attempt < triesPerPiece; attempt++) {
        const pose = drawPose(random, plan, kind.stands, piece.size);
        const footprint: Footprint = { ...pose, width: piece.size[0], depth: piece.size[1] };
        if (!polygonContains(plan.outline, pose.center)) continue;
        if (taken.some((other) => footprintsOverlap(footprint, other, clearance))) continue;
        const placed = { ...piece, ...pose };
        taken.push(footprint);
        pieces.push(placed);
        if (kind.rider) pieces.push(...placeRiders(random, placed, kind.rider));
        break;
      }
    }
  }
  return pieces;
}
