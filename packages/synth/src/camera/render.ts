import type { CameraIntrinsics, Vec3 } from "@vsi/dataset";
import { argumentError, at, checkArguments, fields, isNumbers, listOf, POSITIONS } from "@vsi/dataset/internal";
import { INTRINSICS } from "@vsi/geometry/internal";
import type { RoomMesh } from "../mesh/sample.ts";
import type { CameraPose } from "./pose.ts";
import { rasterize } from "./raster.ts";

/** An object in a frame. */
export interface VisibleObject {
  /** ScanNet's objectId. */
  objectId: number;
  /** Pixels in which it is the nearest surface. */
  pixels: number;
}

/** What is true of one frame, by the ids of the objects that were drawn. */
export interface TrueFrame {
  /** The frame's number in the stream, from 0. */
  index: number;
  /**
   * Row-major 4x4, camera (x right, y down, z forward) to the axis-aligned world, metres; float64, the .sens has it
   * rounded to float32.
   */
  cameraToWorld: CameraPose;
  /** Every object seen in at least one pixel, ordered by object id. */
  visible: VisibleObject[];
}

/** One frame of a walk and what is true of it. */
export interface WalkFrame extends RenderedFrame {
  truth: TrueFrame;
}

const NUMBERS = { words: "numbers", fits: isNumbers };

const MESH = fields({ positions: POSITIONS, triangles: NUMBERS, colors: NUMBERS, objectOfVertex: NUMBERS });

const POSES = listOf(
  { words: "", fits: (pose) => isNumbers(pose) && pose.length === 16 },
  "a list of poses, 16 numbers each",
);

/**
 * Renders a frame a pose, one after the other: only the frame at hand is in memory.
 *
 * @example
 * ```js
 * import { cameraWalk, makeRoom, renderWalk, sensorIntrinsics } from "@vsi/synth";
 *
 * const room = makeRoom({ sceneName: "scene9000_00", seed: 7 });
 * const frames = [...renderWalk(room.mesh, sensorIntrinsics(160, 120), cameraWalk(room, { seed: 1, frames: 2 }))];
 * console.log(frames.length, frames[0].depth.length === 160 * 120); // 2 true
 * ```
 */
export function* renderWalk(
  mesh: RoomMesh,
  intrinsics: CameraIntrinsics,
  poses: readonly CameraPose[],
): Generator<WalkFrame, void, undefined> {
  checkArguments("renderWalk", { mesh: [mesh, MESH], intrinsics: [intrinsics, INTRINSICS], poses: [poses, POSES] });
  const vertices = mesh.positions.length / 3;
  if (mesh.colors.length !== 3 * vertices || mesh.objectOfVertex.length !== vertices) {
    throw argumentError("renderWalk", "mesh", mesh, "a color and an object for each vertex");
  }
  if (mesh.triangles.length % 3 !== 0 || !mesh.triangles.every((vertex) => vertex >= 0 && vertex < vertices)) {
    throw argumentError("renderWalk", "mesh", mesh, "triangles of three of its vertices");
  }
  const faceColors = shadeFaces(mesh);
  for (const [index, cameraToWorld] of poses.entries()) {
    const frame = renderFrame(mesh, faceColors, intrinsics, cameraToWorld);
    yield { ...frame, truth: { index, cameraToWorld, visible: countPixels(frame.objectIds) } };
  }
}

/** How many pixels each object has; by object id, without -1. */
export function countPixels(objectIds: Int32Array): VisibleObject[] {
  const counts = new Map<number, number>();
  for (const objectId of objectIds) {
    if (objectId >= 0) counts.set(objectId, (counts.get(objectId) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([objectId, pixels]) => ({ objectId, pixels }));
}

/** One frame; all images row after row from the top left, pixel (0, 0) at its own centre. */
export interface RenderedFrame {
  /** Red, green, blue of each pixel; black where nothing is seen. */
  color: Uint8Array;
  /** Millimetres along the camera's axis, rounded; 0 where nothing is seen or it is too far for 16 bits. */
  depth: Uint16Array;
  /** ScanNet's objectId; -1 where nothing or surface without annotation is seen. */
  objectIds: Int32Array;
}

/** ScanNet's depthShift: depth is stored in millimetres. */
export const DEPTH_SHIFT = 1000;

/** 65.535 m: the farthest that 16 bits of millimetres hold. */
const FARTHEST_DEPTH = 0xffff;

/** @param faceColors red, green, blue of each face, as `shadeFaces` gives them. */
export function renderFrame(
  mesh: RoomMesh,
  faceColors: Uint8Array,
  intrinsics: CameraIntrinsics,
  pose: CameraPose,
): RenderedFrame {
  const { faces, inverseDepths } = rasterize(mesh, intrinsics, pose);
  const color = new Uint8Array(3 * faces.length);
  const depth = new Uint16Array(faces.length);
  const objectIds = new Int32Array(faces.length).fill(-1);
  for (const [pixel, face] of faces.entries()) {
    if (face < 0) continue;
    for (let channel = 0; channel < 3; channel += 1) color[3 * pixel + channel] = at(faceColors, 3 * face + channel);
    const millimetres = Math.round(DEPTH_SHIFT / at(inverseDepths, pixel));
    depth[pixel] = millimetres > FARTHEST_DEPTH ? 0 : millimetres;
    objectIds[pixel] = at(mesh.objectOfVertex, at(mesh.triangles, 3 * face));
  }
  return { color, depth, objectIds };
}

/**
 * Where the light falls from, a unit vector: three different parts, so that faces along different axes differ and edges
 * show.
 */
const LIGHT = [0.36, 0.48, 0.8] as const;

/** A face along the light keeps this part of its colour, and gets all of it across. */
const AMBIENT = 0.5;

/**
 * Red, green, blue of each face: the mean colour of its object's vertices (of all surface without an object), darker
 * the less it faces the light.
 */
export function shadeFaces({ positions, triangles, colors, objectOfVertex }: RoomMesh): Uint8Array {
  const means = meanColors(colors, objectOfVertex);
  const shaded = new Uint8Array(triangles.length);
  for (let i = 0; i < triangles.length; i += 3) {
    const [first, second, third] = [at(triangles, i), at(triangles, i + 1), at(triangles, i + 2)];
    const [ux, uy, uz] = between(positions, first, second);
    const [vx, vy, vz] = between(positions, first, third);
    const normal = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx] as const;
    const facing = Math.abs(normal[0] * LIGHT[0] + normal[1] * LIGHT[1] + normal[2] * LIGHT[2]);
    const shade = AMBIENT + (1 - AMBIENT) * (facing / (Math.hypot(...normal) || 1));
    const color = means.get(at(objectOfVertex, first)) ?? [];
    for (const [channel, value] of color.entries()) shaded[i + channel] = Math.round(shade * value);
  }
  return shaded;
}

/** From one vertex to another, metres. */
function between(positions: Float64Array, from: number, to: number): Vec3 {
  const along = (axis: number) => at(positions, 3 * to + axis) - at(positions, 3 * from + axis);
  return [along(0), along(1), along(2)];
}

/** The mean red, green and blue of each object's vertices. */
function meanColors(colors: Uint8Array, objectOfVertex: Int32Array): Map<number, number[]> {
  const sums = new Map<number, { red: number; green: number; blue: number; count: number }>();
  for (const [vertex, object] of objectOfVertex.entries()) {
    const sum = sums.get(object) ?? { red: 0, green: 0, blue: 0, count: 0 };
    sums.set(object, sum);
    sum.red += at(colors, 3 * vertex);
    sum.green += at(colors, 3 * vertex + 1);
    sum.blue += at(colors, 3 * vertex + 2);
    sum.count += 1;
  }
  return new Map(
    [...sums].map(([object, { red, green, blue, count }]) => [object, [red / count, green / count, blue / count]]),
  );
}
