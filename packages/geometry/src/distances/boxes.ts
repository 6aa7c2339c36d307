import type { OrientedBox, SceneObject, Vec3 } from "@vsi/dataset";
import { argumentError, POINT } from "@vsi/dataset/internal";
import { AXES, type Axis } from "../axes.ts";

/**
 * The exact distance between two solid oriented boxes, whatever their rotations; sizes may be 0.
 *
 * Disjoint convex polyhedra are closest at a corner of one and any point of the other, or at the insides of two edges
 * that are not parallel (Ericson, "Real-Time Collision Detection", chapter 5.1): both kinds are tried.
 *
 * @returns metres; 0 when the boxes touch or overlap.
 *
 * @example
 * ```js
 * import { boxDistance, sampleBox, sampledBoxDistance } from "@vsi/geometry";
 *
 * const axes = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
 * const desk = { center: [0, 0, 0.4], size: [1.2, 0.6, 0.8], axes };
 * const bed = { center: [3, 0, 0.3], size: [2, 1.6, 0.6], axes };
 * console.log(boxDistance(desk, bed).toFixed(2)); // 1.40
 * // VSI-Bench's way, between points sampled on the boxes: never shorter.
 * console.log(sampledBoxDistance(sampleBox(desk), sampleBox(bed)) >= boxDistance(desk, bed)); // true
 * ```
 */
export function boxDistance(a: OrientedBox, b: OrientedBox): number {
  if (!isBoxShaped(a)) throw argumentError("boxDistance", "a", a, BOX);
  if (!isBoxShaped(b)) throw argumentError("boxDistance", "b", b, BOX);
  return boxesAreSeparated(a, b) ? Math.sqrt(closestFeatures(a, b).squared) : 0;
}

/** What isBoxShaped wants, for errors. */
export const BOX = "a box with finite center, size and three axes";

const OBJECT = "an object with a finite centroid";

/** Cheap enough for every pair: adding up 15 numbers tells whether all are finite. */
export function isBoxShaped(box: OrientedBox | null | undefined): box is OrientedBox {
  if (box?.center?.length !== 3 || box.size?.length !== 3 || box.axes?.length !== 3) return false;
  const [first, second, third] = box.axes;
  if (first?.length !== 3 || second?.length !== 3 || third?.length !== 3) return false;
  return Number.isFinite(sumOf(box.center) + sumOf(box.size) + sumOf(first) + sumOf(second) + sumOf(third));
}

function sumOf(vector: Vec3): number {
  return vector[0] + vector[1] + vector[2];
}

/**
 * Where two solid oriented boxes are closest: a point of `a` and one of `b`, `boxDistance` apart up to rounding. Of
 * several such pairs, as between parallel faces, the first that is found: one at a corner of `a`, else at a corner of
 * `b`. Boxes that touch or overlap get one point that is in both, twice.
 *
 * @returns metres, in the boxes' frame of reference.
 *
 * @example
 * ```js
 * import { closestBoxPoints } from "@vsi/geometry";
 *
 * const axes = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
 * const [table, chair] = [0, 3].map((x) => ({ center: [x, 0, 0], size: [1, 1, 1], axes }));
 * const [onTable, onChair] = closestBoxPoints(table, chair);
 * console.log(onTable[0], onChair[0]); // 0.5 2.5
 * ```
 */
export function closestBoxPoints(a: OrientedBox, b: OrientedBox): [Vec3, Vec3] {
  if (!isBoxShaped(a)) throw argumentError("closestBoxPoints", "a", a, BOX);
  if (!isBoxShaped(b)) throw argumentError("closestBoxPoints", "b", b, BOX);
  if (!boxesAreSeparated(a, b)) return sharedPoint(a, b);
  const { ofA, ofB } = closestFeatures(a, b);
  // At least one of the two: every corner is tried.
  const pointOfA = ofA ?? nearestBoxPoint(a, ofB ?? b.center);
  return [pointOfA, ofB ?? nearestBoxPoint(b, pointOfA)];
}

/** The corners or edges at which two boxes are closest. */
interface ClosestFeatures {
  /** Square metres. */
  squared: number;
  /** A corner of this box, or a point on its edge; null where the other box's corner decides. */
  ofA: Vec3 | null;
  ofB: Vec3 | null;
}

function closestFeatures(a: OrientedBox, b: OrientedBox): ClosestFeatures {
  const best: ClosestFeatures = { squared: Infinity, ofA: null, ofB: null };
  tryCorners(a, b, best, "ofA", "ofB");
  tryCorners(b, a, best, "ofB", "ofA");
  tryEdges(a, b, best);
  return best;
}

/** Tries the eight corners of one box against the whole other. */
function tryCorners(
  from: OrientedBox,
  to: OrientedBox,
  best: ClosestFeatures,
  own: "ofA" | "ofB",
  others: "ofA" | "ofB",
): void {
  for (let corner = 0; corner < 8; corner += 1) {
    const point = cornerOf(from, corner & 1 ? 1 : -1, corner & 2 ? 1 : -1, corner & 4 ? 1 : -1);
    const squared = squaredPointToBoxDistance(to, point);
    if (squared >= best.squared) continue;
    best.squared = squared;
    best[own] = point;
    best[others] = null;
  }
}

/** Tries every pair of edges whose common perpendicular meets both inside. */
function tryEdges(a: OrientedBox, b: OrientedBox, best: ClosestFeatures): void {
  for (const axisA of AXES) {
    const middlesA = edgeMiddles(a, axisA);
    for (const axisB of AXES) {
      const cosine = dot(a.axes[axisA], b.axes[axisB]);
      const sineSquared = 1 - cosine * cosine;
      // Parallel edges are also closest at an end of one of them, which is a corner.
      if (sineSquared < 1e-14) continue;
      for (const middleB of edgeMiddles(b, axisB)) {
        for (const middleA of middlesA) {
          const between = difference(middleB, middleA);
          const alongA = dot(between, a.axes[axisA]);
          const alongB = dot(between, b.axes[axisB]);
          const stepA = (alongA - alongB * cosine) / sineSquared;
          const stepB = (alongA * cosine - alongB) / sineSquared;
          if (Math.abs(stepA) > a.size[axisA] / 2 || Math.abs(stepB) > b.size[axisB] / 2) continue;
          let squared = 0;
          for (const k of AXES) {
            const gap = between[k] + stepB * b.axes[axisB][k] - stepA * a.axes[axisA][k];
            squared += gap * gap;
          }
          if (squared >= best.squared) continue;
          best.squared = squared;
          best.ofA = moved(middleA, a.axes[axisA], stepA);
          best.ofB = moved(middleB, b.axes[axisB], stepB);
        }
      }
    }
  }
}

/**
 * A point of both boxes, the same twice. Where two convex polyhedra overlap, an edge of one runs through the other: the
 * mean of the middles of all such pieces of edges is in both, and well inside them where they share much.
 */
function sharedPoint(a: OrientedBox, b: OrientedBox): [Vec3, Vec3] {
  const middles = [...edgePiecesWithin(a, b), ...edgePiecesWithin(b, a)];
  if (middles.length === 0) {
    // They touch, and rounding hides it: then they are closest there as well.
    const { ofA, ofB } = closestFeatures(a, b);
    const point = ofA ?? ofB ?? a.center;
    return [point, point];
  }
  const mean = (k: Axis) => middles.reduce((sum, point) => sum + point[k], 0) / middles.length;
  const point: Vec3 = [mean(0), mean(1), mean(2)];
  return [point, point];
}

/** The middles of what of a box's edges lies within another box. */
function edgePiecesWithin(box: OrientedBox, other: OrientedBox): Vec3[] {
  return AXES.flatMap((axis) =>
    edgeMiddles(box, axis).flatMap((middle) => {
      let [low, high] = [-box.size[axis] / 2, box.size[axis] / 2];
      const from = difference(middle, other.center);
      for (const side of AXES) {
        const offset = dot(from, other.axes[side]);
        const slope = dot(box.axes[axis], other.axes[side]);
        const limit = other.size[side] / 2;
        if (slope === 0) {
          if (Math.abs(offset) > limit) return [];
          continue;
        }
        const [one, two] = [(-limit - offset) / slope, (limit - offset) / slope];
        low = Math.max(low, Math.min(one, two));
        high = Math.min(high, Math.max(one, two));
      }
      return low <= high ? [moved(middle, box.axes[axis], (low + high) / 2)] : [];
    }),
  );
}

/** The middles of the four edges along one axis. */
function edgeMiddles(box: OrientedBox, axis: Axis): Vec3[] {
  const middles: Vec3[] = [];
  for (const first of [-1, 1]) {
    for (const second of [-1, 1]) {
      const signs: Vec3 = [first, first, first];
      signs[axis] = 0;
      signs[(axis + 1) % 3] = second;
      middles.push(cornerOf(box, signs[0], signs[1], signs[2]));
    }
  }
  return middles;
}

/** The point at the given multiples of the half sizes. */
function cornerOf(box: OrientedBox, first: number, second: number, third: number): Vec3 {
  const { center, size, axes } = box;
  const u = (first * size[0]) / 2;
  const v = (second * size[1]) / 2;
  const w = (third * size[2]) / 2;
  return [
    center[0] + u * axes[0][0] + v * axes[1][0] + w * axes[2][0],
    center[1] + u * axes[0][1] + v * axes[1][1] + w * axes[2][1],
    center[2] + u * axes[0][2] + v * axes[1][2] + w * axes[2][2],
  ];
}

function moved(point: Vec3, direction: Vec3, length: number): Vec3 {
  return [point[0] + length * direction[0], point[1] + length * direction[1], point[2] + length * direction[2]];
}

function difference(a: Vec3, b: Vec3): Vec3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/**
 * Below this squared length (an angle of 1e-7) two edges count as parallel: their cross product points anywhere, and
 * the boxes' own axes already decide.
 */
const PARALLEL = 1e-14;

/**
 * Whether a plane separates two oriented boxes with a gap. By the separating axis theorem only 15 normals need trying:
 * the six axes and the nine cross products of one's axis with the other's (Gottschalk, Lin and Manocha, "OBBTree",
 * 1996).
 */
export function boxesAreSeparated(a: OrientedBox, b: OrientedBox): boolean {
  const between: Vec3 = [b.center[0] - a.center[0], b.center[1] - a.center[1], b.center[2] - a.center[2]];
  for (const axis of AXES) {
    if (isSeparating(a.axes[axis], between, a, b) || isSeparating(b.axes[axis], between, a, b)) return true;
  }
  for (const axisA of a.axes) {
    for (const axisB of b.axes) {
      const normal: Vec3 = [
        axisA[1] * axisB[2] - axisA[2] * axisB[1],
        axisA[2] * axisB[0] - axisA[0] * axisB[2],
        axisA[0] * axisB[1] - axisA[1] * axisB[0],
      ];
      const squaredLength = normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2];
      if (squaredLength >= PARALLEL && isSeparating(normal, between, a, b)) return true;
    }
  }
  return false;
}

function isSeparating(normal: Vec3, between: Vec3, a: OrientedBox, b: OrientedBox): boolean {
  const gap = Math.abs(dot(between, normal));
  return gap > reach(a, normal) + reach(b, normal);
}

/** How far the box reaches from its centre along the normal (in multiples of the normal's length). */
function reach(box: OrientedBox, normal: Vec3): number {
  return (
    (Math.abs(dot(box.axes[0], normal)) * box.size[0] +
      Math.abs(dot(box.axes[1], normal)) * box.size[1] +
      Math.abs(dot(box.axes[2], normal)) * box.size[2]) /
    2
  );
}

/**
 * The exact distance from a point, such as a camera, to a solid oriented box: the stand-in for the distance to an
 * object where facts came without a mesh.
 *
 * @param point metres, in the box's frame of reference.
 * @returns metres; 0 inside the box and on it.
 *
 * @example
 * ```js
 * import { pointToBoxDistance } from "@vsi/geometry";
 *
 * const axes = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
 * const table = { center: [0, 0, 0.4], size: [2, 1, 0.8], axes };
 * // From a camera to the table's near side.
 * console.log(pointToBoxDistance(table, [3, 0, 0.4])); // 2
 * ```
 */
export function pointToBoxDistance(box: OrientedBox, point: Vec3): number {
  if (!isBoxShaped(box)) throw argumentError("pointToBoxDistance", "box", box, BOX);
  if (point?.length !== 3 || !Number.isFinite(sumOf(point)))
    throw argumentError("pointToBoxDistance", "point", point, POINT.words);
  return Math.sqrt(squaredPointToBoxDistance(box, point));
}

/**
 * The point of a solid oriented box that is nearest to a point: the point itself inside the box.
 *
 * @example
 * ```js
 * import { nearestBoxPoint } from "@vsi/geometry";
 *
 * const axes = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
 * const box = { center: [0, 0, 0], size: [2, 2, 2], axes };
 * console.log(nearestBoxPoint(box, [5, 0.5, 0]).join(" ")); // 1 0.5 0
 * ```
 */
export function nearestBoxPoint(box: OrientedBox, point: Vec3): Vec3 {
  if (!isBoxShaped(box)) throw argumentError("nearestBoxPoint", "box", box, BOX);
  if (point?.length !== 3 || !Number.isFinite(sumOf(point))) {
    throw argumentError("nearestBoxPoint", "point", point, POINT.words);
  }
  const { center, size, axes } = box;
  const from = difference(point, center);
  let nearest = point;
  for (const axis of AXES) {
    const along = dot(from, axes[axis]);
    const outside = Math.abs(along) - size[axis] / 2;
    if (outside > 0) nearest = moved(nearest, axes[axis], along > 0 ? -outside : outside);
  }
  return nearest;
}

/** `pointToBoxDistance` squared. */
function squaredPointToBoxDistance({ center, size, axes }: OrientedBox, point: Vec3): number {
  const dx = point[0] - center[0];
  const dy = point[1] - center[1];
  const dz = point[2] - center[2];
  let squared = 0;
  for (const axis of AXES) {
    const along = dx * axes[axis][0] + dy * axes[axis][1] + dz * axes[axis][2];
    const outside = Math.abs(along) - size[axis] / 2;
    if (outside > 0) squared += outside * outside;
  }
  return squared;
}

/**
 * The distance between the centroids of two objects, metres (VSI-100k's object_abs_distance, arXiv 2504.00883).
 *
 * @example
 * ```js
 * import { centroidDistance } from "@vsi/geometry";
 *
 * console.log(centroidDistance({ centroid: [0, 0, 0] }, { centroid: [3, 4, 0] })); // 5
 * ```
 */
export function centroidDistance(a: Pick<SceneObject, "centroid">, b: Pick<SceneObject, "centroid">): number {
  if (a?.centroid?.length !== 3 || !Number.isFinite(sumOf(a.centroid)))
    throw argumentError("centroidDistance", "a", a, OBJECT);
  if (b?.centroid?.length !== 3 || !Number.isFinite(sumOf(b.centroid)))
    throw argumentError("centroidDistance", "b", b, OBJECT);
  const dx = a.centroid[0] - b.centroid[0];
  const dy = a.centroid[1] - b.centroid[1];
  const dz = a.centroid[2] - b.centroid[2];
  // Not Math.hypot, whose last digit may differ between engines: the same facts must give the same answer everywhere.
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}
