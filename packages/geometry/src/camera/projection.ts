import type { CameraIntrinsics, Vec3 } from "@vsi/dataset";

/** A point seen by a camera. */
export interface ProjectedPoint {
  /** Pixels to the right and down from the centre of the top left pixel; may lie outside the image. */
  u: number;
  v: number;
  /** Metres along the camera's z axis, above 0. */
  depth: number;
}

/**
 * Where a camera sees a point: u = fx x / z + cx, v = fy y / z + cy.
 *
 * @param worldToCamera 16 numbers, row major, as `worldToCamera` gives them.
 * @param point metres, axis-aligned, +Z up.
 * @returns null for a point that is not in front of the camera.
 */
export function projectPoint(
  intrinsics: CameraIntrinsics,
  worldToCamera: ArrayLike<number>,
  point: Vec3,
): ProjectedPoint | null {
  const [x, y, z] = point;
  const m = worldToCamera;
  const depth = m[8] * x + m[9] * y + m[10] * z + m[11];
  if (!(depth > 0)) return null;
  return {
    u: (intrinsics.fx * (m[0] * x + m[1] * y + m[2] * z + m[3])) / depth + intrinsics.cx,
    v: (intrinsics.fy * (m[4] * x + m[5] * y + m[6] * z + m[7])) / depth + intrinsics.cy,
    depth,
  };
}

/**
 * 0.01 m: what is nearer is cut off. Nothing comes as near to a lens in its housing, and pixels of what is
 * left stay within a few hundred thousand, where doubles still tell a millionth of a pixel.
 */
export const NEAR_PLANE = 0.01;

/** A part of the image, its borders included: columns and rows of pixels, from 0. */
export interface PixelWindow {
  firstColumn: number;
  lastColumn: number;
  firstRow: number;
  lastRow: number;
}

/** The whole image. */
export function wholeImage({ width, height }: Pick<CameraIntrinsics, "width" | "height">): PixelWindow {
  return { firstColumn: 0, lastColumn: width - 1, firstRow: 0, lastRow: height - 1 };
}

/** Sides of the view that a vertex is outside of; a face whose three vertices share one is not seen. */
export const OUTSIDE = { left: 1, right: 2, above: 4, below: 8, near: 16 } as const;

/** A mesh's vertices as one camera sees them. */
export interface ProjectedVertices {
  /**
   * Per vertex u and v in pixels and 1 / z in 1 / metres: unlike z, it is linear over a face in the image. Unset where
   * near.
   */
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
 * @param window the view: what of the image is looked at.
 */
export function projectVertices(
  positions: Float32Array | Float64Array,
  worldToCamera: readonly number[],
  intrinsics: CameraIntrinsics,
  target: ProjectedVertices,
  window: PixelWindow = wholeImage(intrinsics),
): void {
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11] = worldToCamera;
  const { fx, fy, cx, cy } = intrinsics;
  const { firstColumn, lastColumn, firstRow, lastRow } = window;
  const { image, outside } = target;
  for (let vertex = 0, at = 0; vertex < outside.length; vertex += 1, at += 3) {
    const x = positions[at];
    const y = positions[at + 1];
    const z = positions[at + 2];
    const depth = m8 * x + m9 * y + m10 * z + m11;
    // u z and v z: comparing these with the borders holds behind the camera too.
    const uz = fx * (m0 * x + m1 * y + m2 * z + m3) + cx * depth;
    const vz = fy * (m4 * x + m5 * y + m6 * z + m7) + cy * depth;
    let sides = 0;
    if (uz < firstColumn * depth) sides |= OUTSIDE.left;
    if (uz > lastColumn * depth) sides |= OUTSIDE.right;
    if (vz < firstRow * depth) sides |= OUTSIDE.above;
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
