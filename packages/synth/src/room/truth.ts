import type { AxisAlignedBox, CameraIntrinsics, Vec3 } from "@vsi/dataset";
import {
  at,
  checkArguments,
  fields,
  type Kind,
  LIST,
  listOf,
  NUMBER,
  RECORD,
  TEXT,
  TEXTS,
  WHOLE,
} from "@vsi/dataset/internal";
import type { TrueFrame } from "../camera/render.ts";
import { SynthError } from "../errors.ts";
import { type FloorPlan, type FloorPlanShape, type FloorPoint, polygonArea } from "../floorPlan.ts";
import type { RoomObject } from "../mesh/patches.ts";
import { type Alignment, alignmentRow } from "../scannet/alignment.ts";

/**
 * The true answers about a room, from its construction. Written as `truth/<scanId>.json`. Metres, axis-aligned frame,
 * +Z up.
 */
export interface RoomTruth {
  /** The scan's id, such as "scene9000_00". */
  sceneName: string;
  shape: FloorPlanShape;
  /** Inner faces of the outer walls, counter-clockwise, first corner not repeated. */
  outline: FloorPoint[];
  /** Area inside the outline in square metres; a pillar or a partition inside counts. */
  area: number;
  /** Objects of each label. */
  counts: Record<string, number>;
  /** Ordered by id. */
  objects: TrueObject[];
}

/** What is true of one annotated object. */
export interface TrueObject {
  /** ScanNet's objectId. */
  id: number;
  label: string;
  /** Number of mesh vertices. */
  points: number;
  /**
   * Mean of the object's vertices as written: float32 in the scanner's frame, brought back by the printed alignment in
   * float64.
   */
  centroid: Vec3;
  /** From the construction; null for walls, floor, ceiling and pillars, which have no box of their own. */
  box: TrueBox | null;
  /** From the construction; null where `box` is. */
  aabb: AxisAlignedBox | null;
}

/** The gravity-aligned box an object was built as. Metres, axis-aligned frame, +Z up. */
export interface TrueBox {
  center: Vec3;
  /** Width, depth, height: full lengths along the box's own x, y and z. */
  size: Vec3;
  /** Counter-clockwise turn about +Z in radians; a half turn more is the same box. */
  yaw: number;
}

/** The truth about a room and its stream: `truth/<scanId>.json` where frames were written. */
export interface StreamTruth extends RoomTruth {
  /** Of the depth camera, whose pixels are counted; it is the colour camera too, unless it has a size of its own. */
  intrinsics: CameraIntrinsics;
  /** Ordered by index. */
  frames: TrueFrame[];
}

/** An annotated object with its id and its vertices' mean. */
export interface AnnotatedObject {
  id: number;
  label: string;
  object: RoomObject;
  mean: ObjectMean;
}

/** Everything that is true of a room, from its plan, its pieces and the vertices written. */
export function tellTruth(sceneName: string, plan: FloorPlan, annotated: readonly AnnotatedObject[]): RoomTruth {
  const counts: Record<string, number> = {};
  for (const { label } of annotated) counts[label] = (counts[label] ?? 0) + 1;
  const objects = annotated.map(({ id, label, object: { piece }, mean }): TrueObject => {
    const box = piece && {
      center: [piece.center[0], piece.center[1], piece.elevation + piece.size[2] / 2] as Vec3,
      size: piece.size,
      yaw: piece.yaw,
    };
    return { id, label, points: mean.points, centroid: mean.centroid, box, aabb: box && trueAxisAlignedBox(box) };
  });
  return { sceneName, shape: plan.shape, outline: plan.outline, area: polygonArea(plan.outline), counts, objects };
}

/** The axis-aligned box around a turned box: how far a turned rectangle reaches is the sum of its sides' shadows. */
export function trueAxisAlignedBox({ center, size, yaw }: TrueBox): AxisAlignedBox {
  const [cosine, sine] = [Math.abs(Math.cos(yaw)), Math.abs(Math.sin(yaw))];
  const reachX = (size[0] * cosine + size[1] * sine) / 2;
  const reachY = (size[0] * sine + size[1] * cosine) / 2;
  const reachZ = size[2] / 2;
  return {
    min: [center[0] - reachX, center[1] - reachY, center[2] - reachZ],
    max: [center[0] + reachX, center[1] + reachY, center[2] + reachZ],
  };
}

/** How many vertices an object has and their mean; metres, axis-aligned frame. */
interface ObjectMean {
  points: number;
  centroid: Vec3;
}

/**
 * The mean of each object's vertices as a reader of the files gets it: the mean of the raw float32 positions, aligned
 * afterwards (a mean and an affine map may be exchanged), in float64.
 * @param raw x, y, z of each vertex in the scanner's frame.
 * @param objectOfVertex which object each vertex belongs to, from 0 to objectCount - 1.
 */
export function writtenMeans(
  raw: Float32Array,
  objectOfVertex: Int32Array,
  objectCount: number,
  alignment: Alignment,
): ObjectMean[] {
  const sums = new Float64Array(3 * objectCount);
  const points = new Int32Array(objectCount);
  objectOfVertex.forEach((object, vertex) => {
    points[object] = at(points, object) + 1;
    for (let axis = 0; axis < 3; axis += 1) {
      const place = 3 * object + axis;
      sums[place] = at(sums, place) + at(raw, 3 * vertex + axis);
    }
  });
  const [a, b, , shiftX] = alignmentRow(alignment, 0);
  const [c, d, , shiftY] = alignmentRow(alignment, 1);
  const [, , , shiftZ] = alignmentRow(alignment, 2);
  return Array.from(points, (count, object) => {
    const [x, y, z] = pointAt(sums, object).map((sum) => sum / count) as Vec3;
    return { points: count, centroid: [a * x + b * y + shiftX, c * x + d * y + shiftY, z + shiftZ] };
  });
}

function pointAt(coordinates: Float64Array, point: number): Vec3 {
  return [at(coordinates, 3 * point), at(coordinates, 3 * point + 1), at(coordinates, 3 * point + 2)];
}

const TRUTH = fields({
  area: NUMBER,
  counts: RECORD,
  objects: listOf(fields({ label: TEXT, centroid: LIST }), "a list of objects"),
});

const CANDIDATES: Kind = {
  words: "a list of one label or more",
  fits: (value) => TEXTS.fits(value) && (value as string[]).length > 0,
};

const FRAMES = listOf(fields({ index: WHOLE, visible: LIST }), "a list of true frames");

/**
 * VSI-100k's object_counting: how many objects of this label the room has; 0 when there is none.
 *
 * @example
 * ```js
 * import { makeRoom, trueCount } from "@vsi/synth";
 *
 * const { truth } = makeRoom({ sceneName: "scene9000_00", seed: 1 });
 * console.log(Object.keys(truth.counts).every((label) => trueCount(truth, label) > 0), trueCount(truth, "zebra"));
 * ```
 */
export function trueCount(truth: RoomTruth, label: string): number {
  checkArguments("trueCount", { truth: [truth, TRUTH], label: [label, TEXT] });
  return truth.objects.reduce((count, object) => (object.label === label ? count + 1 : count), 0);
}

/**
 * VSI-100k's object_size_estimation: the longest side of the object's oriented box in centimetres, not rounded.
 * @throws SynthError "label-not-unique"; "no-box" for walls, floor, ceiling and pillars.
 *
 * @example
 * ```js
 * import { makeRoom, trueLongestSide } from "@vsi/synth";
 *
 * const { truth } = makeRoom({ sceneName: "scene9000_00", seed: 1 });
 * const [a] = Object.keys(truth.counts).filter((label) => truth.counts[label] === 1);
 * console.log(trueLongestSide(truth, a).toFixed(0)); // 58
 * ```
 */
export function trueLongestSide(truth: RoomTruth, label: string): number {
  checkArguments("trueLongestSide", { truth: [truth, TRUTH], label: [label, TEXT] });
  const { box } = onlyObject(truth, label);
  if (box) return 100 * Math.max(...box.size);
  throw new SynthError("no-box", {
    place: `label "${label}" in ${truth.sceneName}`,
    got: "a part of the room's shell",
    expected: "a piece with a box",
    advice: "Ask for the size of furniture, doors, windows or pictures.",
  });
}

/**
 * VSI-100k's room_size_estimation: square metres inside the outer walls, not rounded; pillars and partitions count.
 *
 * @example
 * ```js
 * import { makeRoom, trueRoomArea } from "@vsi/synth";
 *
 * const { truth } = makeRoom({ sceneName: "scene9000_00", seed: 1 });
 * console.log(trueRoomArea(truth) === truth.area); // true
 * ```
 */
export function trueRoomArea(truth: RoomTruth): number {
  checkArguments("trueRoomArea", { truth: [truth, TRUTH] });
  return truth.area;
}

/**
 * VSI-100k's object_abs_distance: metres between the means of two objects' vertices, not rounded.
 * @throws SynthError "label-not-unique".
 *
 * @example
 * ```js
 * import { makeRoom, trueCentroidDistance } from "@vsi/synth";
 *
 * const { truth } = makeRoom({ sceneName: "scene9000_00", seed: 1 });
 * const [a, b] = Object.keys(truth.counts).filter((label) => truth.counts[label] === 1);
 * console.log(trueCentroidDistance(truth, a, b).toFixed(1)); // 4.0
 * ```
 */
export function trueCentroidDistance(truth: RoomTruth, firstLabel: string, secondLabel: string): number {
  checkArguments("trueCentroidDistance", {
    truth: [truth, TRUTH],
    firstLabel: [firstLabel, TEXT],
    secondLabel: [secondLabel, TEXT],
  });
  const first = onlyObject(truth, firstLabel).centroid;
  const second = onlyObject(truth, secondLabel).centroid;
  return Math.hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
}

/**
 * VSI-100k's object_rel_distance: which of the labels is closest to the target, between the means of their vertices.
 * @throws SynthError "label-not-unique".
 *
 * @example
 * ```js
 * import { makeRoom, trueNearest } from "@vsi/synth";
 *
 * const { truth } = makeRoom({ sceneName: "scene9000_00", seed: 1 });
 * const [a, b, c] = Object.keys(truth.counts).filter((label) => truth.counts[label] === 1);
 * console.log(trueNearest(truth, a, [b, c])); // office chair
 * ```
 */
export function trueNearest(truth: RoomTruth, target: string, candidates: readonly string[]): string {
  checkArguments("trueNearest", {
    truth: [truth, TRUTH],
    target: [target, TEXT],
    candidates: [candidates, CANDIDATES],
  });
  const distances = candidates.map((candidate) => trueCentroidDistance(truth, target, candidate));
  return at(candidates, distances.indexOf(Math.min(...distances)));
}

/** "left" or "right", and the angle it was decided by. */
export interface TrueDirection {
  side: "left" | "right";
  /** From straight ahead to the object, -180 to 180, counter-clockwise (left) positive. */
  degrees: number;
}

/**
 * VSI-100k's object_rel_direction_easy, seen from above: standing by `positioning` and facing `orienting`, on which
 * side is `querying`? Between the means of the vertices. Worked out by turning the room until one faces along +x and
 * reading off where the object then lies.
 * @throws SynthError "label-not-unique".
 *
 * @example
 * ```js
 * import { makeRoom, trueDirection } from "@vsi/synth";
 *
 * const { truth } = makeRoom({ sceneName: "scene9000_00", seed: 1 });
 * const [a, b, c] = Object.keys(truth.counts).filter((label) => truth.counts[label] === 1);
 * console.log(trueDirection(truth, a, b, c).side); // right
 * ```
 */
export function trueDirection(
  truth: RoomTruth,
  positioning: string,
  orienting: string,
  querying: string,
): TrueDirection {
  checkArguments("trueDirection", {
    truth: [truth, TRUTH],
    positioning: [positioning, TEXT],
    orienting: [orienting, TEXT],
    querying: [querying, TEXT],
  });
  const [standX, standY] = onlyObject(truth, positioning).centroid;
  const [faceX, faceY] = onlyObject(truth, orienting).centroid;
  const [queryX, queryY] = onlyObject(truth, querying).centroid;
  const heading = Math.atan2(faceY - standY, faceX - standX);
  const away = Math.hypot(queryX - standX, queryY - standY);
  const bearing = Math.atan2(queryY - standY, queryX - standX) - heading;
  const ahead = away * Math.cos(bearing);
  const leftwards = away * Math.sin(bearing);
  return { side: leftwards > 0 ? "left" : "right", degrees: (Math.atan2(leftwards, ahead) * 180) / Math.PI };
}

/** The one object with this label. @throws SynthError "label-not-unique" when there is none or more than one. */
function onlyObject(truth: RoomTruth, label: string): TrueObject {
  const found = truth.objects.filter((object) => object.label === label);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new SynthError("label-not-unique", {
    place: `label "${label}" in ${truth.sceneName}`,
    got: `${found.length} objects`,
    expected: "exactly one",
    advice: "Ask only about labels whose count is 1.",
  });
}

/**
 * VSI-Bench's obj_appearance_order: the first frame in which each object has at least `leastPixels` pixels, by object
 * id. Objects that never have so many are not in it.
 *
 * @example
 * ```js
 * import { trueFirstSeen } from "@vsi/synth";
 *
 * const frames = [0, 1].map((index) => ({ index, visible: [{ objectId: 3, pixels: index === 0 ? 10 : 80 }] }));
 * console.log(trueFirstSeen(frames, 50).get(3)); // 1
 * ```
 */
export function trueFirstSeen(frames: readonly TrueFrame[], leastPixels: number): Map<number, number> {
  checkArguments("trueFirstSeen", { frames: [frames, FRAMES], leastPixels: [leastPixels, WHOLE] });
  const firstSeen = new Map<number, number>();
  for (const { index, visible } of frames) {
    for (const { objectId, pixels } of visible) {
      if (pixels >= leastPixels && !firstSeen.has(objectId)) firstSeen.set(objectId, index);
    }
  }
  return firstSeen;
}
