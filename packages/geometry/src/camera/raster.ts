import type { CameraIntrinsics, Vec3 } from "@vsi/dataset";

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
  height: number;
  /** 1 / z in 1 / metres; 0 where nothing is. */
  inverseDepths: Float32Array;
  /** The owner of the nearest face, -1 where it has none or nothing is. */
  owners: Int32Array;
}

/** An empty buffer. */
export function createDepthBuffer(width: number, height: number): DepthBuffer {
  const pixels = width * height;
  return { width, height, inverseDepths: new Float32Array(pixels), owners: new Int32Array(pixels).fill(-1) };
}

/** Empties a buffer for the next frame. */
export function clearDepthBuffer({ inverseDepths, owners }: DepthBuffer): void {
  inverseDepths.fill(0);
  owners.fill(-1);
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
 * Borders are included, instead of drawn by one neighbour only, because only the nearest counts: a pixel on a border that two
 * faces share is filled once all the same, and rounding leaves no gaps.
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
  const firstColumn = Math.max(0, Math.ceil(Math.min(aU, image[b], image[c])));
  const lastColumn = Math.min(buffer.width - 1, Math.floor(Math.max(aU, image[b], image[c])));
  // Of the many faces smaller than a pixel, most lie between pixel centres and end here.
  if (firstColumn > lastColumn) return;
  const firstRow = Math.max(0, Math.ceil(Math.min(aV, image[b + 1], image[c + 1])));
  const lastRow = Math.min(buffer.height - 1, Math.floor(Math.max(aV, image[b + 1], image[c + 1])));
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

  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const aWeight = (cU - bU) * (row - bV) - (cV - bV) * (column - bU);
      const bWeight = (aU - cU) * (row - cV) - (aV - cV) * (column - cU);
      const cWeight = (bU - aU) * (row - aV) - (bV - aV) * (column - aU);
      if (aWeight < 0 || bWeight < 0 || cWeight < 0) continue;
      // By their own sum, not by `turn`: in slivers the two differ by rounding, and depth must stay between the corners'.
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

/**
 * 0.01 m: what is nearer is cut off. Nothing comes as near to a lens in its housing, and pixels of what is
 * left stay within a few hundred thousand, where doubles still tell a millionth of a pixel.
 */
export const NEAR_PLANE = 0.01;

/** Sides of the view that a vertex is outside of; a face whose three vertices share one is not seen. */
export const OUTSIDE = { left: 1, right: 2, above: 4, below: 8, near: 16 } as const;

/** A mesh's vertices as one camera sees them. */
interface ProjectedVertices {
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
