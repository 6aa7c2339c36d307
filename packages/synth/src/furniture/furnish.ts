import type { Vec3 } from "@vsi/geometry";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import {
  type FloorPlan,
  type FloorPlanShape,
  type FloorPoint,
  type FloorRectangle,
  floorPlanShapes,
  makeFloorPlan,
  polygonContains,
} from "../floorPlan.ts";
import { piecePatches } from "../mesh/sample.ts";
import { drawBetween, drawLength, shuffle } from "../random.ts";
import type { RoomContent } from "../roomContent.ts";
import { buildShell } from "../shell.ts";
import { type Furnishing, type FurnitureKind, furnishings, furnitureKinds, type Rider } from "./kinds.ts";
import type { Piece } from "./piece.ts";
import { block, frame, type PartShape } from "./shapes.ts";

/** A room with walls, openings and furniture. @param shape the kind of floor plan; drawn when left out. */
export function buildFurnishedRoom(random: RandomGenerator, shape?: FloorPlanShape): RoomContent {
  // Drawn even when the shape is given, so that the furniture's use does not depend on how the shape came about.
  const drawnShape = floorPlanShapes[uniformInt(random, 0, floorPlanShapes.length - 1)];
  const furnishing = furnishings[uniformInt(random, 0, furnishings.length - 1)];
  const floorPlan = makeFloorPlan(random, shape ?? drawnShape);
  const openings = placeOpenings(random, floorPlan);
  const furniture = placeFurniture(random, floorPlan, furnishing, keepFree(floorPlan, openings.door));
  const pieces = [...openings.pieces, ...furniture];
  const objects = [
    ...buildShell(random, floorPlan),
    ...pieces.map((piece) => ({ label: piece.label, patches: piecePatches(piece), piece })),
  ];
  return { sceneType: furnishing.sceneType, floorPlan, pieces, objects };
}

/** Metres to both sides of a wall's plane: what hangs on walls is at most 5 cm deep. */
const wallReach = 0.06;

/** Metres in front of a door or a doorway where nothing stands, so that one can walk in. */
const passageReach = 0.7;

/** Where no furniture may stand: at the walls, in the pillar or partition, before the door and in the doorway. */
export function keepFree(plan: FloorPlan, door: Piece): Footprint[] {
  const entrance: Footprint = { center: door.center, width: door.size[0], depth: 2 * passageReach, yaw: door.yaw };
  const kept = [...wallFootprints(plan.outline, wallReach), entrance, ...plan.solids.map(rectangleFootprint)];
  if (plan.doorway) {
    const doorway = rectangleFootprint(plan.doorway.floor);
    kept.push({ ...doorway, width: doorway.width + 2 * passageReach });
  }
  return kept;
}

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

/** Metres from the outer wall to a piece's back; leaves room for windows, doors and their frames (up to 5 cm). */
const gapBehind = 0.12;

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
  return placeAtWall(plan.outline, wall, drawBetween(random, 0, 1), width, depth / 2 + gapBehind);
}

/**
 * The pose of a piece whose back is to a wall.
 * @param wall the side of the outline from corner `wall` to the next one.
 * @param along 0: as near the wall's start as its width allows; 1: as near its end.
 * @param distance metres from the wall to the middle of the piece.
 */
function placeAtWall(
  outline: readonly FloorPoint[],
  wall: number,
  along: number,
  width: number,
  distance: number,
): Pick<Piece, "center" | "yaw"> {
  const [startX, startY] = outline[wall];
  const [endX, endY] = outline[(wall + 1) % outline.length];
  const length = Math.hypot(endX - startX, endY - startY);
  const [directionX, directionY] = [(endX - startX) / length, (endY - startY) / length];
  const walked = width / 2 + along * (length - width);
  return {
    // The outline runs counter-clockwise: the room lies to the left of the wall's direction.
    center: [
      startX + walked * directionX - distance * directionY,
      startY + walked * directionY + distance * directionX,
    ],
    yaw: Math.atan2(-directionY, -directionX),
  };
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
    const piece = makePiece(random, rider.label, furnitureKinds[rider.label]);
    const alongWidth = ((i + 0.5) / rider.count - 0.5) * width;
    const alongDepth = (rider.towardsBack * depth) / 2;
    return {
      ...piece,
      center: [
        carrier.center[0] + cosine * alongWidth - sine * alongDepth,
        carrier.center[1] + sine * alongWidth + cosine * alongDepth,
      ],
      elevation: carrier.elevation + carrier.parts[0].max[2],
      yaw: carrier.yaw,
    };
  });
}

/** What hangs on the walls; the door always comes first. */
interface Openings {
  /** The way in; its frame follows it in `pieces`. */
  door: Piece;
  pieces: Piece[];
}

/** The posts and the lintel of `frame`, metres. */
const frameThickness = 0.05;

/** A door in its frame on one outer wall, windows and pictures on the others, and the frame of the partition's doorway. */
export function placeOpenings(random: RandomGenerator, plan: FloorPlan): Openings {
  const walls = shuffle(
    random,
    plan.outline.map((_, wall) => wall),
  );
  const doorSize: Vec3 = [drawLength(random, 0.8, 0.95), 0.04, drawLength(random, 2, 2.08)];
  const frameSize: Vec3 = [doorSize[0] + 2 * frameThickness, frameThickness, doorSize[2] + frameThickness];
  const doorframe = hang(random, plan, walls[0], "doorframe", frame, frameSize, 0);
  const door = mountAt(doorframe, "door", doorSize);
  const pieces = [door, doorframe];
  for (const wall of walls.slice(1, 3)) {
    const size: Vec3 = [drawLength(random, 0.8, 1.5), 0.05, drawLength(random, 0.9, 1.2)];
    pieces.push(hang(random, plan, wall, "window", block, size, 0.9));
  }
  for (const wall of walls.slice(3)) {
    if (drawBetween(random, 0, 1) < 0.5) continue;
    const size: Vec3 = [drawLength(random, 0.4, 0.9), 0.03, drawLength(random, 0.3, 0.6)];
    pieces.push(hang(random, plan, wall, "picture", block, size, 1.4));
  }
  if (plan.doorway) {
    const { center, width, depth } = rectangleFootprint(plan.doorway.floor);
    const size: Vec3 = [depth, width, plan.doorway.height];
    pieces.push({ label: "doorframe", center, elevation: 0, yaw: Math.PI / 2, size, parts: frame(size) });
  }
  return { door, pieces };
}

/** 200: the partition's end takes at most a twentieth of a wall's places, so this many misses in a row do not happen. */
const triesOnWall = 200;

/** A piece whose back lies in the wall's plane, clear of the partition's end. */
function hang(
  random: RandomGenerator,
  plan: FloorPlan,
  wall: number,
  label: string,
  shape: PartShape,
  size: Vec3,
  elevation: number,
): Piece {
  const solids = plan.solids.map(rectangleFootprint);
  let pose = placeAtWall(plan.outline, wall, 0, size[0], size[1] / 2);
  for (let attempt = 0; attempt < triesOnWall; attempt++) {
    pose = placeAtWall(plan.outline, wall, drawBetween(random, 0.1, 0.9), size[0], size[1] / 2);
    const footprint = { ...pose, width: size[0], depth: size[1] };
    if (!solids.some((solid) => footprintsOverlap(footprint, solid, frameThickness))) break;
  }
  return { label, ...pose, elevation, size, parts: shape(size) };
}

/** A leaf inside its frame, both flush with the wall. */
function mountAt(doorframe: Piece, label: string, size: Vec3): Piece {
  const setBack = (doorframe.size[1] - size[1]) / 2;
  return {
    label,
    center: [
      doorframe.center[0] - Math.sin(doorframe.yaw) * setBack,
      doorframe.center[1] + Math.cos(doorframe.yaw) * setBack,
    ],
    elevation: 0,
    yaw: doorframe.yaw,
    size,
    parts: block(size),
  };
}
