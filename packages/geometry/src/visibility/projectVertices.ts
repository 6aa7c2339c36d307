import type { CameraIntrinsics } from "../sceneFacts.ts";

/**
 * 0.01 m: what is nearer is cut off. Nothing comes as near to a lens in its housing, and pixels of what is
 * left stay within a few hundred thousand, where doubles still tell a millionth of a pixel.
 */
export const NEAR_PLANE = 0.01;

/** Sides of the view that a vertex is outside of; a face whose three vertices share one is not seen. */
export const OUTSIDE = { left: 1, right: 2, above: 4, below: 8, near: 16 } as const;

/** A mesh's vertices as one camera sees them. */
export interface ProjectedVertices {
  /** Per vertex u and v in pixels and 1 / z in 1 / metres: unlike z, it is linear over a face in the image. Unset where near. */
  image: Float64Array;
  /** Per vertex the sum of the `OUTSIDE` sides. */
  outside: Uint8Array;
}

/** Room for the vertices of a mesh. */
export function createProjectedVertices(vertexCount: number): ProjectedVertices {
  return { image: new Float64Array(3 * vertexCount), outside: new Uint8Array(vertexCount) };
}

/**
 * Projects all vertices as `projectPoint` does and notes where they are outside of the view.
 *
 * @param positions x, y, z of each vertex, metres.
 * @param worldToCamera 16 numbers, row major.
 * @param target written to.
 */
export function projectVertices(
  positions: Float32Array | Float64Array,
  worldToCamera: readonly number[],
  intrinsics: CameraIntrinsics,
  target: ProjectedVertices,
): void {
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11] = worldToCamera;
  const { fx, fy, cx, cy } = intrinsics;
  const lastColumn = intrinsics.width - 1;
  const lastRow = intrinsics.height - 1;
  const { image, outside } = target;
  for (let vertex = 0, at = 0; vertex < outside.length; vertex++, at += 3) {
    const x = positions[at];
    const y = positions[at + 1];
    const z = positions[at + 2];
    const depth = m8 * x + m9 * y + m10 * z + m11;
    // u z and v z: comparing these with the borders holds behind the camera too.
    const uz = fx * (m0 * x + m1 * y + m2 * z + m3) + cx * depth;
    const vz = fy * (m4 * x + m5 * y + m6 * z + m7) + cy * depth;
    let sides = 0;
    if (uz < 0) sides |= OUTSIDE.left;
    if (uz > lastColumn * depth) sides |= OUTSIDE.right;
    if (vz < 0) sides |= OUTSIDE.above;
    if (vz > lastRow * depth) sides |= OUTSIDE.below;
    if (depth < NEAR_PLANE) {
      sides |= OUTSIDE.near;
    } else {
      const inverse = 1 / depth;
      image[at] = uz * inverse;
      image[at + 1] = vz * inverse;
      image[at + 2] = inverse;
    }
    outside[vertex] = sides;
  }
}
