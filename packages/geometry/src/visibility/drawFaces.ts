import type { CameraIntrinsics } from "../sceneFacts.ts";
import { clipToNearPlane } from "./clipToNearPlane.ts";
import type { DepthBuffer } from "./depthBuffer.ts";
import { drawTriangle } from "./drawTriangle.ts";
import { NEAR_PLANE, OUTSIDE, type ProjectedVertices } from "./projectVertices.ts";

/** Faces in front of a camera. */
export interface SeenFaces {
  /** x, y, z of each vertex, metres. */
  positions: Float32Array | Float64Array;
  /** Three vertices a face. */
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
  for (let face = 0, at = 0; face < owners.length; face++, at += 3) {
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
