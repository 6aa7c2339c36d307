import type { CameraIntrinsics } from "@vsi/dataset";
import { NEAR_PLANE, OUTSIDE, type PixelWindow, type ProjectedVertices, wholeImage } from "./projection.ts";

/** Faces in front of a camera. */
export interface SeenFaces {
  /** x, y, z of each vertex, metres. */
  positions: Float32Array | Float64Array;
  /** Three vertices per face. */
  faces: Int32Array;
  /** Per face what `drawTriangle` writes, -1 for none. */
  owners: Int32Array;
  /** The vertices, projected by the same camera. */
  projected: ProjectedVertices;
}

/**
 * Draws all faces into a buffer.
 *
 * @param worldToCamera 16 numbers, row major.
 */
export function drawFaces(
  buffer: DepthBuffer,
  { positions, faces, owners, projected }: SeenFaces,
  worldToCamera: readonly number[],
  intrinsics: CameraIntrinsics,
): void {
  const { image, outside } = projected;
  for (let face = 0, at = 0; face < owners.length; face += 1, at += 3) {
    const a = faces[at];
    const b = faces[at + 1];
    const c = faces[at + 2];
    if ((outside[a] & outside[b] & outside[c]) !== 0) continue;
    if (((outside[a] | outside[b] | outside[c]) & OUTSIDE.near) === 0) {
      drawTriangle(buffer, image, 3 * a, 3 * b, 3 * c, owners[face]);
    } else {
      const corners = [...inCamera(positions, a, worldToCamera)];
      corners.push(...inCamera(positions, b, worldToCamera), ...inCamera(positions, c, worldToCamera));
      drawClipped(buffer, corners, intrinsics, owners[face]);
    }
  }
}

function inCamera(positions: Float32Array | Float64Array, vertex: number, m: readonly number[]): number[] {
  const [x, y, z] = positions.subarray(3 * vertex, 3 * vertex + 3);
  return [0, 4, 8].map((row) => m[row] * x + m[row + 1] * y + m[row + 2] * z + m[row + 3]);
}

function drawClipped(buffer: DepthBuffer, corners: number[], intrinsics: CameraIntrinsics, owner: number): void {
  const image = Float64Array.from(clipToNearPlane(corners, NEAR_PLANE));
  for (let at = 0; at < image.length; at += 3) {
    const depth = image[at + 2];
    image[at] = (intrinsics.fx * image[at]) / depth + intrinsics.cx;
    image[at + 1] = (intrinsics.fy * image[at + 1]) / depth + intrinsics.cy;
    image[at + 2] = 1 / depth;
  }
  for (let at = 3; at + 3 < image.length; at += 3) drawTriangle(buffer, image, 0, at, at + 3, owner);
}

/**
 * Cuts off what of a triangle is nearer than a plane in front of the camera.
 *
 * @param corners x, y, z of three corners in the camera's frame, metres.
 * @param near the plane's z, metres.
 * @returns x, y, z of the remaining polygon's corners, in order: none, three or four.
 */
export function clipToNearPlane(corners: readonly number[], near: number): number[] {
  const kept: number[] = [];
  for (let from = 0; from < 9; from += 3) {
    const to = (from + 3) % 9;
    const fromDepth = corners[from + 2];
    const toDepth = corners[to + 2];
    if (fromDepth >= near) kept.push(corners[from], corners[from + 1], fromDepth);
    if (fromDepth >= near === toDepth >= near) continue;
    const share = (near - fromDepth) / (toDepth - fromDepth);
    kept.push(
      corners[from] + share * (corners[to] - corners[from]),
      corners[from + 1] + share * (corners[to + 1] - corners[from + 1]),
      near,
    );
  }
  return kept;
}

/** What is nearest at each pixel: row by row from the top left. */
export interface DepthBuffer {
  width: number;
  /** What is drawn and counted; pixels outside of it hold what was there before. */
  window: PixelWindow;
  /** 1 / z in 1 / metres; 0 where nothing is. */
  inverseDepths: Float32Array;
  /** The owner of the nearest face, -1 where it has none or nothing is. */
  owners: Int32Array;
}

/** An empty buffer. */
export function createDepthBuffer(width: number, height: number): DepthBuffer {
  const pixels = width * height;
  return {
    width,
    window: wholeImage({ width, height }),
    inverseDepths: new Float32Array(pixels),
    owners: new Int32Array(pixels).fill(-1),
  };
}

/** Empties a buffer's window for the next frame. */
export function clearDepthBuffer({ inverseDepths, owners, width, window }: DepthBuffer): void {
  for (let row = window.firstRow; row <= window.lastRow; row += 1) {
    const [first, end] = [row * width + window.firstColumn, row * width + window.lastColumn + 1];
    inverseDepths.fill(0, first, end);
    owners.fill(-1, first, end);
  }
}

/**
 * 1e-10: twice a triangle's area in square pixels, below which products of coordinates of an image's size (640 x 640 in
 * doubles) leave only rounding; what such a sliver would cover, its neighbours cover.
 */
const SMALLEST_TURN = 1e-10;

/**
 * Draws a triangle, seen from either side, into a buffer: at every pixel whose centre it covers, borders included, the
 * nearest owner stays. At equal depth the higher owner stays, so that the order of drawing does not matter. A triangle
 * without area covers nothing.
 *
 * Borders are included, instead of drawn by one neighbour only, because only the nearest counts: a pixel on a border
 * that two faces share is filled once all the same, and rounding leaves no gaps.
 *
 * @param image corners a, b, c: u and v in pixels and 1 / z, at the offsets `a`, `b` and `c`.
 */
export function drawTriangle(
  buffer: DepthBuffer,
  image: Float64Array,
  a: number,
  b: number,
  c: number,
  owner: number,
): void {
  const aU = image[a];
  const aV = image[a + 1];
  const { window } = buffer;
  const firstColumn = Math.max(window.firstColumn, Math.ceil(Math.min(aU, image[b], image[c])));
  const lastColumn = Math.min(window.lastColumn, Math.floor(Math.max(aU, image[b], image[c])));
  // Of the many faces smaller than a pixel, most lie between pixel centres and end here.
  if (firstColumn > lastColumn) return;
  const firstRow = Math.max(window.firstRow, Math.ceil(Math.min(aV, image[b + 1], image[c + 1])));
  const lastRow = Math.min(window.lastRow, Math.floor(Math.max(aV, image[b + 1], image[c + 1])));
  if (firstRow > lastRow) return;

  const turn = (image[b] - aU) * (image[c + 1] - aV) - (image[b + 1] - aV) * (image[c] - aU);
  if (Math.abs(turn) < SMALLEST_TURN) return;
  // Corners turned to one side, so that weights inside are positive.
  const second = turn > 0 ? b : c;
  const third = turn > 0 ? c : b;
  const bU = image[second];
  const bV = image[second + 1];
  const cU = image[third];
  const cV = image[third + 1];
  const aInverse = image[a + 2];
  const bInverse = image[second + 2];
  const cInverse = image[third + 2];
  const { inverseDepths, owners, width } = buffer;

  for (let row = firstRow; row <= lastRow; row += 1) {
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      const aWeight = (cU - bU) * (row - bV) - (cV - bV) * (column - bU);
      const bWeight = (aU - cU) * (row - cV) - (aV - cV) * (column - cU);
      const cWeight = (bU - aU) * (row - aV) - (bV - aV) * (column - aU);
      if (aWeight < 0 || bWeight < 0 || cWeight < 0) continue;
      // By their own sum, not by `turn`: in slivers the two differ by rounding, and depth must stay between the
      // corners'.
      const inverse = Math.fround(
        (aWeight * aInverse + bWeight * bInverse + cWeight * cInverse) / (aWeight + bWeight + cWeight),
      );
      const pixel = row * width + column;
      const nearest = inverseDepths[pixel];
      if (inverse > nearest) {
        inverseDepths[pixel] = inverse;
        owners[pixel] = owner;
      } else if (inverse === nearest && owner > owners[pixel]) {
        owners[pixel] = owner;
      }
    }
  }
}

/** A depth image as a stream holds it. */
export interface DepthImage {
  /** Row by row from the top left; 0 where there is no reading. */
  values: Uint16Array;
  /** Values per metre: 1000 in ScanNet. */
  shift: number;
}

/**
 * How far a depth image's reading and the mesh may be apart along z to be of the same surface: the larger of the two.
 */
export interface DepthTolerance {
  /** Metres. */
  depthTolerance: number;
  /** As a share of the mesh's depth. */
  relativeDepthTolerance: number;
}

/**
 * Counts the pixels of each owner in a drawn buffer's window. A pixel counts where the depth image agrees within the tolerance,
 * or has no reading: sensors see no depth on black, shiny and glazed surfaces, so that screens and windows would never
 * be visible if a reading were asked for; there the mesh alone says what is in front.
 *
 * @param depth null where there is no depth image: the mesh alone counts.
 * @param counts one a owner, added to.
 */
export function countPixels(
  { owners, inverseDepths, width, window }: DepthBuffer,
  depth: DepthImage | null,
  { depthTolerance, relativeDepthTolerance }: DepthTolerance,
  counts: Uint32Array,
): void {
  for (let row = window.firstRow; row <= window.lastRow; row += 1) {
    const end = row * width + window.lastColumn;
    for (let pixel = row * width + window.firstColumn; pixel <= end; pixel += 1) {
      const owner = owners[pixel];
      if (owner < 0) continue;
      if (depth !== null && depth.values[pixel] !== 0) {
        const meshDepth = 1 / inverseDepths[pixel];
        const gap = Math.abs(depth.values[pixel] / depth.shift - meshDepth);
        if (gap > Math.max(depthTolerance, relativeDepthTolerance * meshDepth)) continue;
      }
      counts[owner] += 1;
    }
  }
}
