import type { Reject } from "@vsi/dataset";
import type { OrientedBox, SceneObject, Vec3 } from "@vsi/geometry";
import { FACTS_STEP } from "@vsi/geometry/internal";

/** Which objects are clear enough to be asked about. Of those published without a mesh, points are not known. */
export interface ObjectRules {
  /** Least number of mesh vertices of an object to be counted, to be named by a question, and to be asked for its size. */
  leastPoints: { counted: number; named: number; sized: number };
  /**
   * By how much a side of an object's box may be longer than that of its core, as a share of the box's longest side:
   * stray vertices that make a box larger also move distances, centroids and directions.
   */
  mostStray: number;
  /** Share of an object's box inside the box of another one of its name, from which the two may be one thing. */
  duplicateOverlap: number;
}

/** Why nothing is asked. */
export type Doubt = Pick<Reject, "code" | "message" | "object_ids" | "value" | "limit" | "unit">;

/** What is not clear enough, and why. */
export interface UnclearObjects {
  /** By id: objects that no question names, neither as the one of their label nor to choose from. */
  named: ReadonlyMap<number, Doubt>;
  /** By id: objects whose size is not asked, those of `named` among them. */
  sized: ReadonlyMap<number, Doubt>;
  /** By label: objects that are not counted. */
  counted: ReadonlyMap<string, Doubt>;
}

/**
 * Which objects are too thin ("object-too-few-points"), have stray vertices ("object-scattered") or may be one thing
 * annotated twice ("object-duplicated"). Facts that lack points or cores leave what rests on them out.
 *
 * @param objectsByLabel by the names that questions use.
 * @param rules null for none: all is clear.
 */
export function unclearObjects(
  objectsByLabel: ReadonlyMap<string, readonly SceneObject[]>,
  rules: ObjectRules | null,
): UnclearObjects {
  const named = new Map<number, Doubt>();
  const sized = new Map<number, Doubt>();
  const counted = new Map<string, Doubt>();
  if (rules === null) {
    return { named, sized, counted };
  }
  const { leastPoints, mostStray, duplicateOverlap } = rules;
  for (const [label, objects] of objectsByLabel) {
    const duplicates = findDuplicates(label, objects, duplicateOverlap);
    for (const object of objects) {
      const doubt =
        doubtThin(label, object, leastPoints.named) ??
        doubtScattered(label, object, mostStray) ??
        (duplicates?.object_ids.includes(object.id) ? duplicates : null);
      const sizeDoubt = doubt ?? doubtThin(label, object, leastPoints.sized);
      if (doubt) named.set(object.id, doubt);
      if (sizeDoubt) sized.set(object.id, sizeDoubt);
    }
    const thin = objects.map((object) => doubtThin(label, object, leastPoints.counted)).find((doubt) => doubt !== null);
    const countDoubt = thin ?? duplicates;
    if (countDoubt) counted.set(label, countDoubt);
  }
  return { named, sized, counted };
}

function doubtThin(label: string, { id, points }: SceneObject, limit: number): Doubt | null {
  if (points === null || points === undefined || points >= limit) {
    return null;
  }
  const message = `Of the mesh's vertices, only ${points} are on the ${label}, under ${limit}.`;
  return { code: "object-too-few-points", message, object_ids: [id], value: points, limit, unit: "count" };
}

function doubtScattered(label: string, { id, box, core_size }: SceneObject, mostStray: number): Doubt | null {
  if (core_size === null || core_size === undefined) {
    return null;
  }
  const limit = mostStray * Math.max(...box.size);
  const value = Math.max(...box.size.map((length, side) => length - (core_size[side] ?? 0)));
  if (value <= limit + FACTS_STEP) {
    return null;
  }
  const message = `Stray vertices make a side of the ${label}'s box ${value.toFixed(2)} m longer than that of its largest connected part.`;
  return { code: "object-scattered", message, object_ids: [id], value, limit, unit: "m" };
}

/** The first two objects of a label of which one's box lies in the other's, by as much as the limit or more. */
function findDuplicates(label: string, objects: readonly SceneObject[], limit: number): Doubt | null {
  for (const [index, object] of objects.entries()) {
    for (const other of objects.slice(index + 1)) {
      const value = boxOverlap(object.box, other.box);
      if (value >= limit) {
        const message = `The boxes of two of ${label} overlap by ${Math.round(100 * value)} %: they may be one thing, annotated twice.`;
        const object_ids = [object.id, other.id];
        return { code: "object-duplicated", message, object_ids, value, limit, unit: null };
      }
    }
  }
  return null;
}

/**
 * The share of the smaller of two boxes that lies in the other. Of a flat box it is that of its area, so that pictures
 * and rugs count too: the larger of both boxes' shares is the smaller box's.
 */
export function boxOverlap(a: OrientedBox, b: OrientedBox): number {
  const apart = Math.hypot(...difference(a.center, b.center));
  if (apart > (Math.hypot(...a.size) + Math.hypot(...b.size)) / 2 + FACTS_STEP) {
    return 0;
  }
  return Math.max(shareInside(a, b), shareInside(b, a));
}

/**
 * 10: where a box ends half-way through a row of cells, its share is 5 % off, and 10 % where the other one ends so too,
 * which "may be one thing" can bear.
 */
const CELLS_A_SIDE = 10;

/** Where the middles of a row of cells are, as shares of the side. */
const MIDDLES = Array.from({ length: CELLS_A_SIDE }, (_, cell) => (cell + 0.5) / CELLS_A_SIDE - 0.5);

/** Of the middles of 10 x 10 x 10 cells of a box, the share that lies in another. */
function shareInside(box: OrientedBox, other: OrientedBox): number {
  const between = difference(box.center, other.center);
  // Along each side of the other box: where this one's centre is, and its sides.
  const [first, second, third] = other.axes.map((axis, side) => ({
    middle: dot(axis, between),
    u: dot(axis, box.axes[0]) * box.size[0],
    v: dot(axis, box.axes[1]) * box.size[1],
    w: dot(axis, box.axes[2]) * box.size[2],
    // Boxes are rounded: of two flat ones in a plane, none would lie in the other.
    reach: (other.size[side] ?? 0) / 2 + FACTS_STEP,
  })) as [Side, Side, Side];
  if (isBeyond(first) || isBeyond(second) || isBeyond(third)) return 0;
  let inside = 0;
  for (const u of MIDDLES) {
    for (const v of MIDDLES) {
      for (const w of MIDDLES) {
        if (isWithin(first, u, v, w) && isWithin(second, u, v, w) && isWithin(third, u, v, w)) inside += 1;
      }
    }
  }
  return inside / CELLS_A_SIDE ** 3;
}

/** Metres along a side of a box: where the middle of another one is, how far its three sides reach, and half the side. */
interface Side {
  middle: number;
  u: number;
  v: number;
  w: number;
  reach: number;
}

/** Whether all of a box lies outside: that of chairs in a row, whose cells need not be looked at. */
function isBeyond({ middle, u, v, w, reach }: Side): boolean {
  return Math.abs(middle) - (Math.abs(u) + Math.abs(v) + Math.abs(w)) / 2 > reach;
}

function isWithin(side: Side, u: number, v: number, w: number): boolean {
  return Math.abs(side.middle + u * side.u + v * side.v + w * side.w) <= side.reach;
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function difference(a: Vec3, b: Vec3): Vec3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}
