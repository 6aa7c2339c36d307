import type { OrientedBox, Vec3 } from "@vsi/dataset";
import { GeometryError } from "../errors.ts";
import { buildPointCloudTree, closestVertices, type PointCloudTree } from "./pointClouds.ts";

/**
 * VSI-Bench's distance between two boxes (Yang et al., arXiv 2412.14171): between the closest of their sampled points,
 * exact. Never shorter than the boxes' true distance, usually 2 to 4 cm longer; never 0 just because boxes overlap.
 *
 * @returns metres.
 */
export function sampledBoxDistance(a: SampledBox, b: SampledBox): number {
  return closestVertices(a.tree, b.tree).distance;
}
/** A box's points, made once to be measured against many others. */
export interface SampledBox {
  /** x, y, z of each point in a row, in the tree's order; metres, axis-aligned, +Z up; at least one point. */
  points: Float64Array;
  tree: PointCloudTree;
}

/** Metres: VSI-Bench's (arXiv 2412.14171). */
const SPACING = 0.05;

/** 16: 0.05 m / 2^16 is less than the 1e-6 m that the shortest edge of a published box may have. */
const MOST_HALVINGS = 16;

/** 2^21: a box of 262 m3 at 0.05 m, held in 100 MB. The largest of 1,224 published boxes of ScanNet takes 81,774. */
const MOST_GRID_POINTS = 2 ** 21;

/**
 * Samples a box as VSI-Bench does: a grid of ceil(length / 0.05 m) points an axis, thinned by sampledBoxPoints; when no
 * point is left, again with half the spacing.
 *
 * That ends after 16 halvings, or before the grid would pass 2^21 points, as for a plate that is large and very thin
 * (a flat box has no points at any spacing). Such a box, for which the benchmark has no answer, gets the whole grid of
 * 0.05 m with at least one point an axis, none left out.
 *
 * @throws GeometryError "sampled-box-bad-number" (a number that is not finite, a negative length), "sampled-box-too-large"
 * (over 2^21 points at 0.05 m).
 */
export function sampleBox(box: OrientedBox): SampledBox {
  checkNumbers(box);
  const counts = gridCounts(box, SPACING);
  if (gridPoints(counts) > MOST_GRID_POINTS) {
    const expected = `at most ${MOST_GRID_POINTS} points ${SPACING} m apart`;
    throw boxError("sampled-box-too-large", "box.size", `${box.size.join(" x ")} m`, expected);
  }
  const tree = buildPointCloudTree(pointsLeft(box) ?? boxGrid(box, atLeastOne(counts)).world);
  return { points: tree.points, tree };
}

function pointsLeft(box: OrientedBox): Float64Array | null {
  for (let halvings = 0; halvings <= MOST_HALVINGS; halvings++) {
    const counts = gridCounts(box, SPACING / 2 ** halvings);
    if (gridPoints(counts) > MOST_GRID_POINTS) return null;
    const points = sampledBoxPoints(box, counts);
    if (points.length > 0) return points;
  }
  return null;
}

function gridCounts(box: OrientedBox, spacing: number): Vec3 {
  const [first, second, third] = box.size;
  return [Math.ceil(first / spacing), Math.ceil(second / spacing), Math.ceil(third / spacing)];
}

function gridPoints(counts: Vec3): number {
  const [first, second, third] = atLeastOne(counts);
  return first * second * third;
}

function atLeastOne(counts: Vec3): Vec3 {
  return [Math.max(1, counts[0]), Math.max(1, counts[1]), Math.max(1, counts[2])];
}

function checkNumbers(box: OrientedBox): void {
  for (const field of ["center", "size", "axes"] as const) {
    const numbers = box[field].flat();
    const wrong = numbers.findIndex((value) => !Number.isFinite(value) || (field === "size" && value < 0));
    if (wrong < 0) continue;
    const expected = field === "size" ? "a finite length of at least 0" : "a finite number";
    throw boxError("sampled-box-bad-number", `box.${field}, number ${wrong + 1}`, String(numbers[wrong]), expected);
  }
}

function boxError(code: string, place: string, got: string, expected: string): GeometryError {
  return new GeometryError(code, {
    file: "scene facts",
    place,
    got,
    expected,
    advice: "Check the object's box, or ask for the distance of boxes or surfaces.",
  });
}
/** The same points in two frames: x, y, z of each in a row. */
interface BoxGrid {
  /** Along the box's axes, from its centre; metres. */
  local: Float64Array;
  /** Metres, axis-aligned, +Z up. */
  world: Float64Array;
}

/**
 * Evenly spaced points in a box, those at the ends on its faces, rotated and moved in float64 with the terms added from
 * left to right: VSI-Bench's sampled distance depends on the last bit of them.
 *
 * @param counts points along each axis; of one point it is the one at -size/2.
 */
export function boxGrid(box: OrientedBox, counts: Vec3): BoxGrid {
  const [xs, ys, zs] = box.size.map((length, axis) => linearSpacing(-length / 2, length / 2, counts[axis]));
  const local = new Float64Array(3 * xs.length * ys.length * zs.length);
  const world = new Float64Array(local.length);
  const [first, second, third] = box.axes;
  let offset = 0;
  for (const x of xs) {
    for (const y of ys) {
      for (const z of zs) {
        local[offset] = x;
        local[offset + 1] = y;
        local[offset + 2] = z;
        for (let k = 0; k < 3; k++) {
          world[offset + k] = x * first[k] + y * second[k] + z * third[k] + box.center[k];
        }
        offset += 3;
      }
    }
  }
  return { local, world };
}
/**
 * `numpy.linspace(start, stop, count)`, rounding included: steps are multiplied, not added up, and the last number is
 * `stop` itself; of one number it is `start`.
 */
export function linearSpacing(start: number, stop: number, count: number): Float64Array {
  if (count === 1) return Float64Array.of(start);
  const step = (stop - start) / (count - 1);
  return Float64Array.from({ length: count }, (_, index) => (index === count - 1 ? stop : start + index * step));
}
/**
 * The points that VSI-Bench (Yang et al., arXiv 2412.14171) takes for a box: a grid without the core of half the box's
 * lengths, and without the points that a last test finds outside the box. On the faces rounding alone decides that test,
 * so that most turned boxes lose some of their face points.
 *
 * @param counts points of the grid along each axis.
 * @returns x, y, z of each point in a row; metres, axis-aligned, +Z up; in float64; empty when none is left.
 */
export function sampledBoxPoints(box: OrientedBox, counts: Vec3): Float64Array {
  const { local, world } = boxGrid(box, counts);
  let kept = 0;
  for (let offset = 0; offset < world.length; offset += 3) {
    if (isInCore(box, local, offset) || isOutside(box, world, offset)) continue;
    world.copyWithin(kept, offset, offset + 3);
    kept += 3;
  }
  return world.slice(0, kept);
}

function isInCore(box: OrientedBox, local: Float64Array, offset: number): boolean {
  for (let axis = 0; axis < 3; axis++) {
    if (Math.abs(local[offset + axis]) > box.size[axis] / 4) return false;
  }
  return true;
}

function isOutside({ center, size, axes }: OrientedBox, world: Float64Array, offset: number): boolean {
  const dx = world[offset] - center[0];
  const dy = world[offset + 1] - center[1];
  const dz = world[offset + 2] - center[2];
  for (let axis = 0; axis < 3; axis++) {
    const along = dx * axes[axis][0] + dy * axes[axis][1] + dz * axes[axis][2];
    if (Math.abs(along) > size[axis] / 2) return true;
  }
  return false;
}
