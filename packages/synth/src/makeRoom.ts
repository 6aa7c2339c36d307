import { uniformInt } from "pure-rand/distribution/uniformInt";
import { type FloorPlan, type FloorPlanShape, floorPlanShapes } from "./floorPlan/floorPlan.ts";
import { makeFloorPlan } from "./floorPlan/makeFloorPlan.ts";
import { furnishings } from "./furniture/furnishings.ts";
import { keepFree } from "./furniture/keepFree.ts";
import type { Piece } from "./furniture/piece.ts";
import { placeFurniture } from "./furniture/placeFurniture.ts";
import { placeOpenings } from "./furniture/placeOpenings.ts";
import { piecePatches } from "./mesh/piecePatches.ts";
import type { RoomObject } from "./mesh/roomObject.ts";
import { createRandom } from "./random/createRandom.ts";
import { type RoomScan, scanRoom } from "./scanRoom.ts";
import { buildShell } from "./shell/buildShell.ts";
import { SynthError } from "./synthError.ts";

export interface RoomOptions {
  /** The scan's id, "scene" and four digits, "_" and two: sample rooms count from scene9000_00. */
  sceneName: string;
  /** Any integer; the same options give the same bytes. */
  seed: number;
  /** About how many vertices the mesh has (within 2 %). Real scans: 150000. */
  vertexCount?: number;
  /** The kind of floor plan; drawn by the seed when left out. */
  shape?: FloorPlanShape;
  /** Another scan of the same room: other vertices, alignment, colours and object ids. The seed when left out. */
  scanSeed?: number;
}

/** 20000 vertices: about 9 cm apart, small enough for a dozen rooms in a test. */
export const roomDefaults = { vertexCount: 20_000 } as const;

/** A room, a scan of it and the truth about it. */
export interface SynthRoom extends RoomScan {
  sceneName: string;
  /** ScanNet's sceneType. */
  sceneType: string;
  floorPlan: FloorPlan;
  /** Doors, windows, pictures and furniture; axis-aligned frame. The walls follow from the plan. */
  pieces: Piece[];
}

// One stream for what the room is and one for how it was scanned: a rescan changes only the second.
const roomStream = 1;
const scanStream = 2;

/**
 * Builds a room and scans it.
 * @throws SynthError "scene-name" when it is not a ScanNet scan id; "seed" when it is not an integer; "vertex-count" when so many (or few) vertices do not fit.
 */
export function makeRoom(options: RoomOptions): SynthRoom {
  const { sceneName, seed, scanSeed = seed, vertexCount = roomDefaults.vertexCount } = options;
  checkSceneName(sceneName);
  checkSeed("seed", seed);
  checkSeed("scanSeed", scanSeed);
  const random = createRandom(seed, roomStream);
  // Drawn even when the shape is given, so that the furniture's use does not depend on how the shape came about.
  const drawnShape = floorPlanShapes[uniformInt(random, 0, floorPlanShapes.length - 1)];
  const furnishing = furnishings[uniformInt(random, 0, furnishings.length - 1)];
  const floorPlan = makeFloorPlan(random, options.shape ?? drawnShape);
  const openings = placeOpenings(random, floorPlan);
  const furniture = placeFurniture(random, floorPlan, furnishing, keepFree(floorPlan, openings.door));
  const pieces = [...openings.pieces, ...furniture];
  const objects: RoomObject[] = [
    ...buildShell(random, floorPlan),
    ...pieces.map((piece) => ({ label: piece.label, patches: piecePatches(piece), piece })),
  ];
  const scan = scanRoom(createRandom(scanSeed, scanStream), {
    sceneName,
    sceneType: furnishing.sceneType,
    floorPlan,
    objects,
    vertexCount,
  });
  return { sceneName, sceneType: furnishing.sceneType, floorPlan, pieces, ...scan };
}

function checkSceneName(sceneName: string): void {
  if (/^scene\d{4}_\d{2}$/.test(sceneName)) return;
  throw new SynthError("scene-name", {
    place: "sceneName",
    got: JSON.stringify(sceneName),
    expected: "a scan id such as scene9000_00",
    advice: "Sample rooms count from scene9000_00, away from ScanNet's own scans.",
  });
}

function checkSeed(place: string, seed: number): void {
  if (Number.isSafeInteger(seed)) return;
  throw new SynthError("seed", { place, got: String(seed), expected: "an integer", advice: "Take any whole number." });
}
