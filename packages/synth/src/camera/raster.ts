import type { CameraIntrinsics } from "@vsi/dataset";
import type { RoomMesh } from "../mesh/sample.ts";
import type { CameraPose } from "./pose.ts";

/** 1 cm: nearer than a camera walk comes to anything, far enough for projected coordinates to keep their precision. */
const NEAR_PLANE = 0.01;

/**
 * The faces that a pinhole camera sees, by a z-buffer. Both sides of a face are seen; what is nearer than `NEAR_PLANE`
 * is cut away. A vertex that is not a number leaves out its faces.
 */
export function rasterize(
  { positions, triangles }: Pick<RoomMesh, "positions" | "triangles">,
  intrinsics: CameraIntrinsics,
  pose: CameraPose,
): Raster {
  const raster = emptyRaster(intrinsics.width, intrinsics.height);
  const points = toCamera(positions, pose);
  const projected = projectPoints(points, intrinsics);
  for (let face = 0; 3 * face < triangles.length; face += 1) {
    const [a, b, c] = [triangles[3 * face], triangles[3 * face + 1], triangles[3 * face + 2]];
    const [az, bz, cz] = [points[3 * a + 2], points[3 * b + 2], points[3 * c + 2]];
    if (az >= NEAR_PLANE && bz >= NEAR_PLANE && cz >= NEAR_PLANE) {
      fillTriangle(raster, face, projected, a, b, c);
    } else if (az >= NEAR_PLANE || bz >= NEAR_PLANE || cz >= NEAR_PLANE) {
      const corners = [a, b, c].flatMap((vertex) => [...points.subarray(3 * vertex, 3 * vertex + 3)]);
      const clipped = projectPoints(clipToNear(corners, NEAR_PLANE), intrinsics);
      for (let last = 2; last < clipped.rows.length; last += 1) fillTriangle(raster, face, clipped, 0, last - 1, last);
    }
  }
  return raster;
}

/**
 * The part of a triangle that is `near` metres or more in front of the camera (Sutherland and Hodgman's clipping at one
 * plane). A new corner is computed from the end in front to the end behind, so that the two faces on both sides of an
 * edge get the same one and no gap opens between them.
 * @param corners x, y, z of the three corners as the camera sees them: x right, y down, z forward, metres.
 * @returns x, y, z of none, three or four corners, in the triangle's order.
 */
export function clipToNear(corners: ArrayLike<number>, near: number): Float64Array {
  const clipped: number[] = [];
  for (let corner = 0; corner < 9; corner += 3) {
    const next = (corner + 3) % 9;
    const [isInFront, nextIsInFront] = [corners[corner + 2] >= near, corners[next + 2] >= near];
    if (isInFront) clipped.push(corners[corner], corners[corner + 1], corners[corner + 2]);
    if (isInFront === nextIsInFront) continue;
    const [inFront, behind] = isInFront ? [corner, next] : [next, corner];
    const part = (corners[inFront + 2] - near) / (corners[inFront + 2] - corners[behind + 2]);
    const along = (axis: number) => corners[inFront + axis] + part * (corners[behind + axis] - corners[inFront + axis]);
    clipped.push(along(0), along(1), near);
  }
  return Float64Array.from(clipped);
}

/**
 * Draws a triangle over what is farther away; where two are equally near the earlier stays.
 *
 * A pixel is drawn when its centre lies inside, or on a left or a level upper edge: then of two triangles that share an
 * edge exactly one draws each pixel on it. Each edge is followed from its upper end whatever the triangle, so that
 * shared edges round alike. 1 / z is linear in the image, which makes the depth perspective-correct; taken between the
 * edges it stays within the corners' even in slivers.
 * @param points all three corners in front of the camera.
 * @param corners the corners' positions in `points`, in any order.
 */
export function fillTriangle(
  raster: Raster,
  face: number,
  { columns, rows, inverseDepths }: ProjectedPoints,
  ...corners: [number, number, number]
): void {
  let [upper, middle, lower] = corners;
  if (rows[middle] < rows[upper]) [upper, middle] = [middle, upper];
  if (rows[lower] < rows[upper]) [upper, lower] = [lower, upper];
  if (rows[lower] < rows[middle]) [middle, lower] = [lower, middle];
  const afterLastRow = Math.min(raster.height, Math.ceil(rows[lower]));
  for (let row = Math.max(0, Math.ceil(rows[upper])); row < afterLastRow; row += 1) {
    const from = row < rows[middle] ? upper : middle;
    const to = row < rows[middle] ? middle : lower;
    const part = (row - rows[from]) / (rows[to] - rows[from]);
    const longPart = (row - rows[upper]) / (rows[lower] - rows[upper]);
    const column = columns[from] + part * (columns[to] - columns[from]);
    const longColumn = columns[upper] + longPart * (columns[lower] - columns[upper]);
    const inverseDepth = inverseDepths[from] + part * (inverseDepths[to] - inverseDepths[from]);
    const longInverseDepth = inverseDepths[upper] + longPart * (inverseDepths[lower] - inverseDepths[upper]);
    if (column < longColumn) fillRow(raster, face, row, column, inverseDepth, longColumn, longInverseDepth);
    else fillRow(raster, face, row, longColumn, longInverseDepth, column, inverseDepth);
  }
}

/** Draws the pixels of one row from the left edge (its own pixel included) to the right edge (not included). */
function fillRow(
  { width, faces, inverseDepths }: Raster,
  face: number,
  row: number,
  left: number,
  leftInverseDepth: number,
  right: number,
  rightInverseDepth: number,
): void {
  const slope = (rightInverseDepth - leftInverseDepth) / (right - left);
  const afterLastColumn = Math.min(width, Math.ceil(right));
  for (let column = Math.max(0, Math.ceil(left)); column < afterLastColumn; column += 1) {
    const inverseDepth = leftInverseDepth + (column - left) * slope;
    const pixel = row * width + column;
    if (inverseDepth <= inverseDepths[pixel]) continue;
    inverseDepths[pixel] = inverseDepth;
    faces[pixel] = face;
  }
}

/** Points in the image. */
interface ProjectedPoints {
  /** In pixels; whole numbers are the pixels' centres. Not meant for points that are not in front of the camera. */
  columns: Float64Array;
  rows: Float64Array;
  /** 1 / z, z along the camera's axis in metres. */
  inverseDepths: Float64Array;
}

/** @param points x, y, z of each point as the camera sees it: x right, y down, z forward. */
export function projectPoints(points: Float64Array, { fx, fy, cx, cy }: CameraIntrinsics): ProjectedPoints {
  const count = points.length / 3;
  const columns = new Float64Array(count);
  const rows = new Float64Array(count);
  const inverseDepths = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    const inverseDepth = 1 / points[3 * i + 2];
    columns[i] = fx * points[3 * i] * inverseDepth + cx;
    rows[i] = fy * points[3 * i + 1] * inverseDepth + cy;
    inverseDepths[i] = inverseDepth;
  }
  return { columns, rows, inverseDepths };
}

/** What a camera sees, pixel by pixel, row after row from the top left. */
interface Raster {
  width: number;
  height: number;
  /** The nearest face's number; -1 where there is none. */
  faces: Int32Array;
  /** 1 / z of the nearest face at the pixel's centre, z along the camera's axis in metres; 0 where there is none. */
  inverseDepths: Float64Array;
}

/** A raster that has seen nothing yet. */
export function emptyRaster(width: number, height: number): Raster {
  return {
    width,
    height,
    faces: new Int32Array(width * height).fill(-1),
    inverseDepths: new Float64Array(width * height),
  };
}

/** Positions in the axis-aligned world as the camera sees them: x right, y down, z forward, metres. */
export function toCamera(positions: Float64Array, pose: CameraPose): Float64Array {
  const points = new Float64Array(positions.length);
  for (let i = 0; i < positions.length; i += 3) {
    const x = positions[i] - pose[3];
    const y = positions[i + 1] - pose[7];
    const z = positions[i + 2] - pose[11];
    points[i] = pose[0] * x + pose[4] * y + pose[8] * z;
    points[i + 1] = pose[1] * x + pose[5] * y + pose[9] * z;
    points[i + 2] = pose[2] * x + pose[6] * y + pose[10] * z;
  }
  return points;
}
