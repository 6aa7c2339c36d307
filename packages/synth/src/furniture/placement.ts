import type { Vec3 } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { type FloorPlan, polygonContains } from "../floorPlan.ts";
import { drawBetween, drawLength } from "../random.ts";
import { type Footprint, footprintsOverlap, rectangleFootprint, wallFootprints } from "./footprints.ts";
import { type Furnishing, type FurnitureKind, kindOf, type Rider } from "./kinds.ts";
import { placeAtWall } from "./openings.ts";
import type { Piece } from "./piece.ts";

/** 400: of 2,000 rooms, every one then holds the least its furnishing asks for; more only costs time in full rooms. */
const TRIES_PER_PIECE = 400;

/** Metres between two pieces: a scan would melt nearer ones together. */
export const CLEARANCE = 0.05;

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
    const kind = kindOf(label);
    const count = uniformInt(random, least, most);
    for (let i = 0; i < count; i += 1) {
      const piece = makePiece(random, label, kind);
      for (let attempt = 0; attempt < TRIES_PER_PIECE; attempt += 1) {
        const pose = drawPose(random, plan, kind.stands, piece.size);
        const footprint: Footprint = { ...pose, width: piece.size[0], depth: piece.size[1] };
        if (!polygonContains(plan.outline, pose.center)) continue;
        if (taken.some((other) => footprintsOverlap(footprint, other, CLEARANCE))) continue;
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

/** Metres from the outer wall to a piece's back; leaves room for windows, doors and their frames (up to 5 cm). */
const GAP_BEHIND = 0.12;

/** Where a piece of the given size might stand; whether it is free there is not looked at. */
function drawPose(
  random: RandomGenerator,
  plan: FloorPlan,
  stands: FurnitureKind["stands"],
  [width, depth]: Vec3,
): Pick<Piece, "center" | "yaw"> {
  if (stands === "free") {
    const alongX = plan.outline.map(([x]) => x);
    const alongY = plan.outline.map(([, y]) => y);
    return {
      center: [
        drawBetween(random, Math.min(...alongX), Math.max(...alongX)),
        drawBetween(random, Math.min(...alongY), Math.max(...alongY)),
      ],
      yaw: drawBetween(random, -Math.PI, Math.PI),
    };
  }
  const wall = uniformInt(random, 0, plan.outline.length - 1);
  return placeAtWall(plan.outline, wall, drawBetween(random, 0, 1), width, depth / 2 + GAP_BEHIND);
}

/** A piece of a kind, its size drawn, standing at the origin. */
export function makePiece(random: RandomGenerator, label: string, kind: FurnitureKind): Piece {
  const size: Vec3 = [
    drawLength(random, ...kind.width),
    drawLength(random, ...kind.depth),
    drawLength(random, ...kind.height),
  ];
  return { label, center: [0, 0], elevation: 0, yaw: 0, size, parts: kind.shape(size) };
}

/** What stands on a piece: side by side on top of its first part, turned as the piece is. */
function placeRiders(random: RandomGenerator, carrier: Piece, rider: Rider): Piece[] {
  const [width, depth] = carrier.size;
  const [cosine, sine] = [Math.cos(carrier.yaw), Math.sin(carrier.yaw)];
  return Array.from({ length: rider.count }, (_, i) => {
    const piece = makePiece(random, rider.label, kindOf(rider.label));
    const alongWidth = ((i + 0.5) / rider.count - 0.5) * width;
    const alongDepth = (rider.towardsBack * depth) / 2;
    return {
      ...piece,
      center: [
        carrier.center[0] + cosine * alongWidth - sine * alongDepth,
        carrier.center[1] + sine * alongWidth + cosine * alongDepth,
      ],
      elevation: carrier.elevation + at(carrier.parts, 0).max[2],
      yaw: carrier.yaw,
    };
  });
}

/** Metres to both sides of a wall's plane: what hangs on walls is at most 5 cm deep. */
const WALL_REACH = 0.06;

/** Metres in front of a door or a doorway where nothing stands, so that one can walk in. */
const PASSAGE_REACH = 0.7;

/** Where no furniture may stand: at the walls, in the pillar or partition, before the door and in the doorway. */
export function keepFree(plan: FloorPlan, door: Piece): Footprint[] {
  const entrance: Footprint = { center: door.center, width: door.size[0], depth: 2 * PASSAGE_REACH, yaw: door.yaw };
  const kept = [...wallFootprints(plan.outline, WALL_REACH), entrance, ...plan.solids.map(rectangleFootprint)];
  if (plan.doorway) {
    const doorway = rectangleFootprint(plan.doorway.floor);
    kept.push({ ...doorway, width: doorway.width + 2 * PASSAGE_REACH });
  }
  return kept;
}
