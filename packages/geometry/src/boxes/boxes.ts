import type { AxisAlignedBox, OrientedBox, Vec3 } from "@vsi/dataset";
import { argumentError, at, checkArguments, fields, optional, POINT, POSITIONS } from "@vsi/dataset/internal";
import { AXES, type Axis } from "../axes.ts";
import { asDoubles, axisAlignedBox, centroid, covariance, extentAlong } from "../vertices.ts";
import { floorHull } from "./hull.ts";
import { smallestRectangle } from "./rectangle.ts";

const BOUNDS = fields({ min: POINT, max: POINT });

/**
 * The upright oriented box: the rectangle of smallest area around the vertices projected on the floor, and the extent
 * along z. The rectangle shares a side's direction with an edge of the convex hull (Freeman and Shapira, "Determining
 * the minimum-area encasing rectangle for an arbitrary closed curve", 1975), so trying each edge is exact.
 *
 * @param positions x, y, z of each vertex in a row; metres, axis-aligned, +Z up; finite, at least one vertex.
 * @param bounds the vertices' axis-aligned box, where it is known already.
 * @returns a right-handed box; size[0] >= size[1]; axes[2] is [0, 0, 1]; a size is 0 where the object is flat.
 *
 * @example
 * ```js
 * import { axisAlignedBox, centroid, gravityBox } from "@vsi/geometry";
 *
 * // A table 2 m long, 1 m wide and 0.7 m high, turned by 45 degrees: its eight corners.
 * const half = Math.SQRT1_2;
 * const corners = [[1, 0.5], [1, -0.5], [-1, 0.5], [-1, -0.5]].map(([x, y]) => [half * (x - y), half * (x + y)]);
 * const positions = corners.flatMap(([x, y]) => [x, y, 0, x, y, 0.7]);
 * console.log(gravityBox(positions).size.map((length) => length.toFixed(2)).join(" ")); // 2.00 1.00 0.70
 * console.log(axisAlignedBox(positions).max.map((length) => length.toFixed(2)).join(" ")); // 1.06 1.06 0.70
 * console.log(centroid(positions)[2].toFixed(2)); // 0.35
 * ```
 */
export function gravityBox(positions: ArrayLike<number>, bounds?: AxisAlignedBox): OrientedBox {
  checkArguments("gravityBox", { positions: [positions, POSITIONS], bounds: [bounds, optional(BOUNDS)] });
  const known = bounds ?? axisAlignedBox(positions);
  const { min, max } = known;
  if (!POINT.fits(min) || !POINT.fits(max)) {
    throw argumentError("gravityBox", "positions", positions, "finite numbers, one vertex or more");
  }
  const rectangle = smallestRectangle(floorHull(asDoubles(positions), known));
  const height = max[2] - min[2];
  const longAxis = canonicalDirection([...rectangle.along, 0]);
  return {
    center: [rectangle.center[0], rectangle.center[1], min[2] + height / 2],
    size: [rectangle.length, rectangle.width, height],
    axes: [longAxis, [-longAxis[1], longAxis[0], 0], [0, 0, 1]],
  };
}

/**
 * A box's axis and its opposite describe the same edges: returns the one whose largest component is positive, so that
 * the same vertices always give the same axes.
 */
export function canonicalDirection(direction: Vec3): Vec3 {
  const [x, y, z] = direction;
  let largest = x;
  if (Math.abs(y) > Math.abs(largest)) largest = y;
  if (Math.abs(z) > Math.abs(largest)) largest = z;
  return largest < 0 ? [-x, -y, -z] : [x, y, z];
}

/**
 * The box along the principal axes of the vertices (the eigenvectors of their covariance), as Open3D's
 * `get_oriented_bounding_box` and VLM-3R make it; it may tilt.
 *
 * @param positions x, y, z of each vertex in a row; metres; finite, at least one vertex.
 * @returns a right-handed box; size[0] >= size[1] >= size[2]; a size is 0 where the object is flat.
 */
export function pcaBox(positions: ArrayLike<number>): OrientedBox {
  const mean = centroid(positions);
  const extents = principalAxes(covariance(positions, mean))
    .map((axis) => extentAlong(positions, mean, canonicalDirection(axis)))
    .sort((first, second) => second.size - first.size);
  const [longest, middle, shortest] = [at(extents, 0), at(extents, 1), at(extents, 2)];
  const centerAlong = (axis: Axis) =>
    mean[axis] +
    longest.middle * longest.axis[axis] +
    middle.middle * middle.axis[axis] +
    shortest.middle * shortest.axis[axis];
  return {
    center: [centerAlong(0), centerAlong(1), centerAlong(2)],
    size: [longest.size, middle.size, shortest.size],
    axes: [longest.axis, middle.axis, cross(longest.axis, middle.axis)],
  };
}

function cross(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

type Matrix3 = [Vec3, Vec3, Vec3];

/** Jacobi's method converges quadratically: 3x3 matrices need 4 to 6 sweeps; 30 only stops one that holds NaN. */
const MAX_SWEEPS = 30;

/**
 * Eigenvectors of a symmetric 3x3 matrix, by Jacobi rotations (Golub and Van Loan, "Matrix Computations", section 8.5):
 * orthonormal to rounding even where eigenvalues coincide, which a closed formula is not.
 *
 * @returns three unit row vectors, in no particular order.
 */
export function principalAxes(symmetric: Matrix3): Matrix3 {
  const matrix = symmetric.map((row) => [...row]) as Matrix3;
  const axes: Matrix3 = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep += 1) {
    const trace = Math.abs(matrix[0][0]) + Math.abs(matrix[1][1]) + Math.abs(matrix[2][2]);
    const offDiagonal = Math.abs(matrix[0][1]) + Math.abs(matrix[0][2]) + Math.abs(matrix[1][2]);
    if (offDiagonal <= Number.EPSILON * trace) break;
    rotate(matrix, axes, 0, 1);
    rotate(matrix, axes, 0, 2);
    rotate(matrix, axes, 1, 2);
  }
  return axes;
}

/** Makes matrix[p][q] zero by turning the frame in the plane of axes p and q. */
function rotate(matrix: Matrix3, axes: Matrix3, p: Axis, q: Axis): void {
  if (matrix[p][q] === 0) return;
  const ratio = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(ratio, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const row of matrix) mix(row, p, q, cosine, sine);
  for (const column of AXES) {
    const above = matrix[p][column];
    const below = matrix[q][column];
    matrix[p][column] = cosine * above - sine * below;
    matrix[q][column] = sine * above + cosine * below;
    const axisAbove = axes[p][column];
    const axisBelow = axes[q][column];
    axes[p][column] = cosine * axisAbove - sine * axisBelow;
    axes[q][column] = sine * axisAbove + cosine * axisBelow;
  }
}

function mix(row: Vec3, p: Axis, q: Axis, cosine: number, sine: number): void {
  const first = row[p];
  const second = row[q];
  row[p] = cosine * first - sine * second;
  row[q] = sine * first + cosine * second;
}
