import { ANY, at, checkOptions, describeGiven, type OptionKinds, oneOf } from "@vsi/dataset/internal";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { DEFAULT_ROOMS, ROOM_STYLES, type RoomStyle } from "../choices.ts";
import { SynthError } from "../errors.ts";
import { FLOOR_PLAN_SHAPES, type FloorPlan, type FloorPlanShape } from "../floorPlan.ts";
import type { Piece } from "../furniture/piece.ts";
import { type VertexRange, vertexRange } from "../mesh/grid.ts";
import type { RoomObject } from "../mesh/patches.ts";
import { type RoomMesh, sampleObjects } from "../mesh/sample.ts";
import { createRandom, shuffle } from "../random.ts";
import { type Alignment, drawAlignment, toScannerFrame } from "../scannet/alignment.ts";
import { writeAggregation, writeSegments } from "../scannet/annotation.ts";
import { writePly } from "../scannet/ply.ts";
import { writeScanInfo } from "../scannet/scanInfo.ts";
import { buildFurnishedRoom } from "./furnishedRoom.ts";
import { buildPlainRoom } from "./plainRoom.ts";
import { type AnnotatedObject, type RoomTruth, tellTruth, writtenMeans } from "./truth.ts";

/** What a room and its scan depend on. */
export interface RoomOptions {
  /** The scan's id, "scene" and four or five digits, "_" and two: sample rooms count from scene9000_00. */
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
export const ROOM_DEFAULTS = { vertexCount: 20_000, style: DEFAULT_ROOMS.style } as const;

const ROOM_OPTIONS: OptionKinds<RoomOptions> = {
  // The others have messages of their own.
  ...{ sceneName: ANY, seed: ANY, vertexCount: ANY, scanSeed: ANY },
  style: oneOf(ROOM_STYLES),
  shape: oneOf(FLOOR_PLAN_SHAPES),
};

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
const ROOM_STREAM = 1;
const SCAN_STREAM = 2;

/**
 * Builds a room and scans it.
 * @throws SynthError "scene-name" when it is not a ScanNet scan id; "seed" when it is not an integer; "vertex-count" when so many (or few) vertices do not fit.
 *
 * @example
 * ```js
 * import { makeRoom, trueCount, trueRoomArea } from "@vsi/synth";
 *
 * const { files, truth } = makeRoom({ sceneName: "scene9000_00", seed: 7, shape: "lShape" });
 * console.log(Object.keys(files).length, trueRoomArea(truth) > 0); // 4 true
 * const [label] = Object.keys(truth.counts);
 * console.log(trueCount(truth, label) === truth.counts[label]); // true
 * ```
 */
export function makeRoom(options: RoomOptions): SynthRoom {
  checkOptions(options, ROOM_OPTIONS, "makeRoom");
  const { sceneName, seed, scanSeed = seed, style, vertexCount } = { ...ROOM_DEFAULTS, ...options };
  checkSceneName(sceneName);
  checkSeed("seed", seed);
  checkSeed("scanSeed", scanSeed);
  const content = buildContent({ seed, style, shape: options.shape });
  const scan = scanRoom(createRandom(scanSeed, SCAN_STREAM), { sceneName, ...content, vertexCount });
  const { sceneType, floorPlan, pieces } = content;
  return { sceneName, style, sceneType, floorPlan, pieces, ...scan };
}

/** What decides which room is built. */
interface ContentOptions {
  seed: number;
  style: RoomStyle;
  shape: FloorPlanShape | undefined;
}

function buildContent({ seed, style, shape }: ContentOptions) {
  const random = createRandom(seed, ROOM_STREAM);
  return style === "plain" ? buildPlainRoom(random, seed) : buildFurnishedRoom(random, shape);
}

/** How many vertices the room of these options may have, without sampling it. */
export function vertexRangeOf(options: ContentOptions): VertexRange {
  checkSeed("seed", options.seed);
  return vertexRange(buildContent(options).objects.flatMap((object) => object.patches));
}

function checkSceneName(sceneName: string): void {
  if (/^scene(?:\d{4}|[1-9]\d{4})_\d{2}$/.test(sceneName)) return;
  throw new SynthError("scene-name", {
    place: "sceneName",
    got: describeGiven(sceneName),
    expected: "a scan id such as scene9000_00",
    advice: "Sample rooms start at scene9000_00, away from ScanNet's own scans.",
  });
}

function checkSeed(place: string, seed: number): void {
  if (Number.isSafeInteger(seed)) return;
  throw new SynthError("seed", { place, got: String(seed), expected: "an integer", advice: "Use any whole number." });
}

/** A built room, ready to be scanned. */
interface BuiltRoom {
  sceneName: string;
  sceneType: string;
  floorPlan: FloorPlan;
  objects: readonly RoomObject[];
  vertexCount: number;
}

/** A scan's files by name, what is true of them, and what a camera in the room needs. */
interface RoomScan {
  /** In ScanNet's formats. */
  files: Record<string, Uint8Array>;
  truth: RoomTruth;
  /** From the scanner's frame, in which the files are, to the axis-aligned one. */
  alignment: Alignment;
  mesh: RoomMesh;
}

/** Samples a room's surface, turns it into the scanner's frame and writes ScanNet's four files. */
function scanRoom(random: RandomGenerator, room: BuiltRoom): RoomScan {
  const { sceneName } = room;
  const alignment = drawAlignment(random);
  // Annotators number what they mark in no order.
  const objects = shuffle(random, room.objects);
  const mesh = sampleObjects(random, objects, room.vertexCount);
  const positions = toScannerFrame(mesh.positions, alignment);
  const means = writtenMeans(positions, mesh.objectOfVertex, objects.length, alignment);
  const idOfObject = new Int32Array(objects.length).fill(-1);
  const annotated: (AnnotatedObject & { segments: number[] })[] = [];
  objects.forEach((object, index) => {
    if (object.label === null) return;
    const segments = at(mesh.segmentsOfObject, index);
    idOfObject[index] = annotated.length;
    annotated.push({ id: annotated.length, label: object.label, object, mean: at(means, index), segments });
  });
  return {
    files: {
      [`${sceneName}_vh_clean_2.ply`]: writePly({ positions, colors: mesh.colors, triangles: mesh.triangles }),
      [`${sceneName}_vh_clean_2.0.010000.segs.json`]: writeSegments(sceneName, mesh.segmentOfVertex),
      [`${sceneName}.aggregation.json`]: writeAggregation(sceneName, annotated),
      [`${sceneName}.txt`]: writeScanInfo(alignment, room.sceneType, null),
    },
    truth: tellTruth(sceneName, room.floorPlan, annotated),
    alignment,
    mesh: {
      positions: mesh.positions,
      triangles: mesh.triangles,
      colors: mesh.colors,
      objectOfVertex: mesh.objectOfVertex.map((index) => at(idOfObject, index)),
    },
  };
}
