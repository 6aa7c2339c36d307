import type { FloorPlan, FloorPlanShape } from "./floorPlan/floorPlan.ts";
import { buildFurnishedRoom } from "./furniture/buildFurnishedRoom.ts";
import type { Piece } from "./furniture/piece.ts";
import { buildPlainRoom } from "./plain/buildPlainRoom.ts";
import { createRandom } from "./random/createRandom.ts";
import type { RoomStyle } from "./roomStyle.ts";
import { type RoomScan, scanRoom } from "./scanRoom.ts";
import { SynthError } from "./synthError.ts";

export interface RoomOptions {
  /** The scan's id, "scene" and four digits, "_" and two: sample rooms count from scene9000_00. */
  sceneName: string;
  /** Any integer; the same options give the same bytes. */
  seed: number;
  /** About how many vertices the mesh has (within 2 %). Real scans: 150000. */
  vertexCount?: number;
  /** Plain rooms of consecutive seeds go through all kinds and numbers of blocks. */
  style?: RoomStyle;
  /** A furnished room's kind of floor plan; drawn by the seed when left out. A plain room is a rectangle. */
  shape?: FloorPlanShape;
  /** Another scan of the same room: other vertices, alignment, colours and object ids. The seed when left out. */
  scanSeed?: number;
}

/** 20000 vertices: about 9 cm apart, small enough for a dozen rooms in a test. */
export const roomDefaults = { vertexCount: 20_000, style: "furnished" } as const;

/** A room, a scan of it and the truth about it. */
export interface SynthRoom extends RoomScan {
  sceneName: string;
  style: RoomStyle;
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
  const { sceneName, seed, scanSeed = seed, style, vertexCount } = { ...roomDefaults, ...options };
  checkSceneName(sceneName);
  checkSeed("seed", seed);
  checkSeed("scanSeed", scanSeed);
  const random = createRandom(seed, roomStream);
  const content = style === "plain" ? buildPlainRoom(random, seed) : buildFurnishedRoom(random, options.shape);
  const scan = scanRoom(createRandom(scanSeed, scanStream), { sceneName, ...content, vertexCount });
  const { sceneType, floorPlan, pieces } = content;
  return { sceneName, style, sceneType, floorPlan, pieces, ...scan };
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
