import type { CameraIntrinsics } from "@vsi/geometry";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { CameraPose } from "../camera/pose.ts";
import { drawBetween } from "../random.ts";

/** A pose as the .sens stores it: camera to the scanner's frame, the inverse of the printed alignment applied, row-major float32. */
export function toScannerPose(pose: CameraPose, alignment: Alignment): Float32Array {
  const turn = alignment.map((value, place) => (place % 4 === 3 && place < 12 ? 0 : value));
  const columns = [0, 1, 2].map((column) => toScannerFrame(columnOf(pose, column), turn));
  columns.push(toScannerFrame(columnOf(pose, 3), alignment));
  const raw = new Float32Array(16);
  columns.forEach((column, index) => {
    for (let row = 0; row < 3; row++) raw[4 * row + index] = column[row];
  });
  raw[15] = 1;
  return raw;
}

function columnOf(pose: CameraPose, column: number): Float64Array {
  return Float64Array.of(pose[column], pose[4 + column], pose[8 + column]);
}

/** ScanNet's axisAlignment: 16 numbers, row major, from the scanner's frame to the axis-aligned one; metres. */
export type Alignment = readonly number[];

/**
 * A turn about +Z and a shift, each number rounded to the six decimals that ScanNet prints:
 * what a reader applies is the rounded matrix, so the raw coordinates must come from that one.
 */
export function drawAlignment(random: RandomGenerator): Alignment {
  const yaw = drawBetween(random, -Math.PI, Math.PI);
  const [x, y, z] = [drawBetween(random, -6, 6), drawBetween(random, -6, 6), drawBetween(random, -0.15, 0.05)];
  const [cosine, sine] = [Math.cos(yaw), Math.sin(yaw)];
  const matrix = [cosine, sine, 0, x, -sine, cosine, 0, y, 0, 0, 1, z, 0, 0, 0, 1];
  return matrix.map((value) => Number(value.toFixed(6)));
}

/**
 * Axis-aligned positions as the scanner would have stored them: the alignment's inverse, rounded to float32.
 * The rounded matrix is not quite a rotation, so it is inverted by its determinant and not by transposing it.
 */
export function toScannerFrame(aligned: Float64Array, alignment: Alignment): Float32Array {
  const [a, b, , shiftX, c, d, , shiftY, , , , shiftZ] = alignment;
  const determinant = a * d - b * c;
  const raw = new Float32Array(aligned.length);
  for (let i = 0; i < aligned.length; i += 3) {
    const x = aligned[i] - shiftX;
    const y = aligned[i + 1] - shiftY;
    raw[i] = (d * x - b * y) / determinant;
    raw[i + 1] = (a * y - c * x) / determinant;
    raw[i + 2] = aligned[i + 2] - shiftZ;
  }
  return raw;
}

/** One annotated object; `id` is ScanNet's objectId. */
interface SegmentGroup {
  id: number;
  label: string;
  segments: number[];
}

/** `<scanId>.aggregation.json`: which segments make up which labelled object. */
export function writeAggregation(sceneName: string, groups: readonly SegmentGroup[]): Uint8Array {
  const aggregation = {
    sceneId: `scannet.${sceneName}`,
    appId: "Aggregator.v2",
    segGroups: groups.map(({ id, label, segments }) => ({ id, objectId: id, segments, label })),
    segmentsFile: `scannet.${sceneName}_vh_clean_2.0.010000.segs.json`,
  };
  return new TextEncoder().encode(JSON.stringify(aggregation));
}

/** The header of ScanNet's scannetv2-labels.combined.tsv. */
const columns = [
  "id",
  "raw_category",
  "category",
  "count",
  "nyu40id",
  "eigen13id",
  "nyuClass",
  "nyu40class",
  "eigen13class",
  "ModelNet40",
  "ModelNet10",
  "ShapeNetCore55",
  "synsetoffset",
  "wnsynsetid",
  "wnsynsetkey",
  "mpcat40",
  "mpcat40index",
];

/**
 * `scannetv2-labels.combined.tsv`: a row a label, the most frequent first, as in ScanNet's. Columns that nothing is known about stay empty.
 * @param counts objects of each label in all rooms.
 */
export function writeLabelMap(counts: ReadonlyMap<string, number>): Uint8Array {
  const labels = [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  const rows = labels.map(([label, count], index) => {
    const known: Record<string, string | number | undefined> = {
      id: index + 1,
      raw_category: label,
      category: label,
      count,
      nyu40id: labelClasses[label]?.id,
      nyuClass: label,
      nyu40class: labelClasses[label]?.name,
    };
    return columns.map((column) => known[column] ?? "");
  });
  return new TextEncoder().encode([columns, ...rows].map((row) => `${row.join("\t")}\n`).join(""));
}

/** The NYU40 class of a label: ScanNet's columns nyu40id and nyu40class. */
interface LabelClass {
  id: number;
  name: string;
}

const cabinet: LabelClass = { id: 3, name: "cabinet" };
const chair: LabelClass = { id: 5, name: "chair" };
const table: LabelClass = { id: 7, name: "table" };
const door: LabelClass = { id: 8, name: "door" };
const otherStructure: LabelClass = { id: 38, name: "otherstructure" };
const otherFurniture: LabelClass = { id: 39, name: "otherfurniture" };
const otherProp: LabelClass = { id: 40, name: "otherprop" };

/** Every label that a room can have, by ScanNet's raw label; classes as in Gupta et al.'s mapping of NYU Depth v2 to 40 classes. */
export const labelClasses: Readonly<Record<string, LabelClass>> = {
  armchair: chair,
  backpack: otherProp,
  bed: { id: 4, name: "bed" },
  bookshelf: { id: 10, name: "bookshelf" },
  box: { id: 29, name: "box" },
  cabinet,
  ceiling: { id: 22, name: "ceiling" },
  chair,
  "coffee table": table,
  couch: { id: 6, name: "sofa" },
  desk: { id: 14, name: "desk" },
  door,
  doorframe: door,
  dresser: { id: 17, name: "dresser" },
  "end table": table,
  "file cabinet": cabinet,
  floor: { id: 2, name: "floor" },
  lamp: { id: 35, name: "lamp" },
  "laundry basket": otherProp,
  microwave: otherProp,
  monitor: otherProp,
  nightstand: { id: 32, name: "night stand" },
  object: otherProp,
  "office chair": chair,
  ottoman: otherFurniture,
  piano: otherFurniture,
  picture: { id: 11, name: "picture" },
  pillar: otherStructure,
  pillow: { id: 18, name: "pillow" },
  plant: otherProp,
  printer: otherProp,
  refrigerator: { id: 24, name: "refridgerator" },
  stool: otherProp,
  stove: otherStructure,
  suitcase: otherProp,
  table,
  "trash can": otherFurniture,
  tv: { id: 25, name: "television" },
  "tv stand": otherFurniture,
  wall: { id: 1, name: "wall" },
  "washing machine": otherFurniture,
  window: { id: 9, name: "window" },
};

/** What a mesh file holds. */
interface PlyMesh {
  /** x, y, z of each vertex: metres, the scanner's frame. */
  positions: Float32Array;
  /** Red, green, blue of each vertex. */
  colors: Uint8Array;
  /** Three vertex indices a triangle. */
  triangles: Int32Array;
}

const bytesPerVertex = 16;
const bytesPerFace = 13;
const opaque = 255;

/** `<scanId>_vh_clean_2.ply`, byte for byte in the form that ScanNet's release has (binary little endian, written by VCGLIB). */
export function writePly({ positions, colors, triangles }: PlyMesh): Uint8Array {
  const vertexCount = positions.length / 3;
  const faceCount = triangles.length / 3;
  const header = new TextEncoder().encode(
    [
      "ply",
      "format binary_little_endian 1.0",
      "comment VCGLIB generated",
      `element vertex ${vertexCount}`,
      "property float x",
      "property float y",
      "property float z",
      "property uchar red",
      "property uchar green",
      "property uchar blue",
      "property uchar alpha",
      `element face ${faceCount}`,
      "property list uchar int vertex_indices",
      "end_header",
      "",
    ].join("\n"),
  );
  const bytes = new Uint8Array(header.length + bytesPerVertex * vertexCount + bytesPerFace * faceCount);
  bytes.set(header);
  const view = new DataView(bytes.buffer);
  let at = header.length;
  for (let i = 0; i < positions.length; i += 3, at += bytesPerVertex) {
    view.setFloat32(at, positions[i], true);
    view.setFloat32(at + 4, positions[i + 1], true);
    view.setFloat32(at + 8, positions[i + 2], true);
    bytes[at + 12] = colors[i];
    bytes[at + 13] = colors[i + 1];
    bytes[at + 14] = colors[i + 2];
    bytes[at + 15] = opaque;
  }
  for (let i = 0; i < triangles.length; i += 3, at += bytesPerFace) {
    bytes[at] = 3;
    view.setInt32(at + 1, triangles[i], true);
    view.setInt32(at + 5, triangles[i + 1], true);
    view.setInt32(at + 9, triangles[i + 2], true);
  }
  return bytes;
}

/** Colour and depth are drawn from the same place; a room without a stream has no camera to calibrate. */
const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** What `<scanId>.txt` says of a stream: both cameras are the same, and so are the numbers of their frames. */
interface StreamInfo {
  intrinsics: CameraIntrinsics;
  frameCount: number;
}

/**
 * `<scanId>.txt`: the alignment, and the cameras with the number of their frames; without a stream ScanNet's sizes and no frames. Lists end in a
 * blank, as ScanNet's do.
 */
export function writeScanInfo(alignment: Alignment, sceneType: string, stream: StreamInfo | null): Uint8Array {
  const { width, height } = stream?.intrinsics ?? { width: null, height: null };
  const frameCount = stream?.frameCount ?? 0;
  const lines = [
    `axisAlignment = ${printMatrix(alignment)}`,
    `colorHeight = ${height ?? 968}`,
    `colorToDepthExtrinsics = ${printMatrix(identity)}`,
    `colorWidth = ${width ?? 1296}`,
    `depthHeight = ${height ?? 480}`,
    `depthWidth = ${width ?? 640}`,
    ...(stream ? calibration(stream.intrinsics) : []),
    `numColorFrames = ${frameCount}`,
    `numDepthFrames = ${frameCount}`,
    "numIMUmeasurements = 0",
    `sceneType = ${sceneType}`,
    "",
  ];
  return new TextEncoder().encode(lines.join("\n"));
}

/** Focal lengths and principal points of both cameras, in the order of ScanNet's files. */
function calibration({ fx, fy, cx, cy }: CameraIntrinsics): string[] {
  const values = { fx, fy, mx: cx, my: cy };
  return Object.entries(values).flatMap(([name, value]) =>
    ["color", "depth"].map((camera) => `${name}_${camera} = ${value.toFixed(6)}`),
  );
}

function printMatrix(matrix: readonly number[]): string {
  return matrix.map((value) => `${value.toFixed(6)} `).join("");
}

/** ScanNet's settings of Felzenszwalb and Huttenlocher's segmentation, as its files repeat them. */
const parameters = {
  kThresh: "0.0001",
  segMinVerts: "20",
  minPoints: "750",
  maxPoints: "30000",
  thinThresh: "0.05",
  flatThresh: "0.001",
  minLength: "0.02",
  maxLength: "1",
};

/** `<scanId>_vh_clean_2.0.010000.segs.json`: the segment's id for each vertex of the mesh. */
export function writeSegments(sceneName: string, segmentOfVertex: Int32Array): Uint8Array {
  const start = `{"params":${JSON.stringify(parameters)},"sceneId":${JSON.stringify(sceneName)},"segIndices":[`;
  return new TextEncoder().encode(`${start}${segmentOfVertex.join(",")}]}`);
}
