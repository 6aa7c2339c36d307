import { at, checkArguments, fields, LIST, oneOf, optional, orNull } from "@vsi/dataset/internal";
import {
  boxDistance,
  centroidDistance,
  closestBoxPoints,
  closestSampledPoints,
  pointToBoxDistance,
  type SampledBox,
  type SceneFacts,
  type SceneObject,
  sampleBox,
  sampledBoxDistance,
  type Vec3,
} from "@vsi/geometry";
import { DISTANCE_KINDS, type DistanceKind } from "./choices.ts";
import { FactsError } from "./errors.ts";
import { remembered } from "./remembered.ts";
import type { StreamFrame } from "./scene/stream.ts";

/** Metres between two objects of the scene it was made for. */
export type ObjectDistance = (a: SceneObject, b: SceneObject) => number;

/**
 * The distance between any two of a scene's objects. A box's points are sampled once, when they are first needed.
 *
 * @throws FactsError "facts-no-surface-distances" when `surface` is asked of facts that have none, or not of this pair.
 * @throws GeometryError as sampleBox does, for a box that is too large to be sampled.
 */
export function objectDistances(facts: SceneFacts, kind: DistanceKind): ObjectDistance {
  switch (kind) {
    case "surface":
      return surfaceDistance(facts);
    case "box":
      return (a, b) => boxDistance(a.box, b.box);
    case "sampled":
      return sampledDistance();
    case "centroid":
      return centroidDistance;
  }
}

function surfaceDistance({ scene_name, surface_distances }: SceneFacts): ObjectDistance {
  const fail = (got: string, expected: string): never => {
    throw new FactsError("facts-no-surface-distances", {
      file: `facts of ${JSON.stringify(scene_name)}`,
      place: "surface_distances",
      got,
      expected,
      advice:
        "Build the facts from a scan with a mesh and surfaceDistances: true, or choose the distance box, sampled or centroid.",
    });
  };
  if (!surface_distances) {
    return fail("null", "the distances between the closest vertices of the objects");
  }
  const distances_m = new Map(surface_distances.map(({ a, b, distance_m }) => [pairKey(a, b), distance_m]));
  return (a, b) => {
    const pair = pairKey(a.id, b.id);
    return distances_m.get(pair) ?? fail(`no distance of ${pair}`, "one of every two objects that questions may name");
  };
}

/**
 * Remembers each pair too: the same ones are asked for again and again, and take milliseconds where boxes are large.
 */
function sampledDistance(): ObjectDistance {
  const samples = new Map<number, SampledBox>();
  const sampleOf = ({ id, box }: SceneObject) => remembered(samples, id, () => sampleBox(box));
  const distances_m = new Map<string, number>();
  return (a, b) => remembered(distances_m, pairKey(a.id, b.id), () => sampledBoxDistance(sampleOf(a), sampleOf(b)));
}

const MEASURED = fields({ surface_distances: optional(orNull(LIST)) });

const KIND = oneOf(DISTANCE_KINDS);

/** The points between which two objects of a scene are measured: one of the first, one of the second; metres. */
export type MeasuredPoints = (a: SceneObject, b: SceneObject) => [Vec3, Vec3];

/**
 * Where the distance between two of a scene's objects is measured, to be drawn. Where facts know how far the closest
 * vertices are apart but not which they are (those of 0.1), the closest points of the boxes stand in for them.
 *
 * @throws GeometryError as sampleBox does, for a box that is too large to be sampled.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { measuredPoints } from "@vsi/questions";
 *
 * const facts = JSON.parse(await readFile("vsi-100k/scenes/scene9000_00.json", "utf8"));
 * const points = measuredPoints(facts, "centroid")(facts.objects[0], facts.objects[1]);
 * console.log(points.length); // 2
 * ```
 */
export function measuredPoints(facts: Pick<SceneFacts, "surface_distances">, kind: DistanceKind): MeasuredPoints {
  checkArguments("measuredPoints", { facts: [facts, MEASURED], kind: [kind, KIND] });
  const { surface_distances } = facts;
  switch (kind) {
    case "surface":
      return (a, b) => {
        const [low, high] = a.id < b.id ? [a, b] : [b, a];
        const pair = surface_distances?.find((known) => known.a === low.id && known.b === high.id);
        if (pair?.closest === undefined) return closestBoxPoints(a.box, b.box);
        const [ofLow, ofHigh] = pair.closest;
        return a === low ? [ofLow, ofHigh] : [ofHigh, ofLow];
      };
    case "box":
      return (a, b) => closestBoxPoints(a.box, b.box);
    case "sampled": {
      const samples = new Map<number, SampledBox>();
      const sampleOf = ({ id, box }: SceneObject) => remembered(samples, id, () => sampleBox(box));
      return (a, b) => closestSampledPoints(sampleOf(a), sampleOf(b));
    }
    case "centroid":
      return (a, b) => [a.centroid, b.centroid];
  }
}

function pairKey(a: number, b: number): string {
  return `ids ${Math.min(a, b)} and ${Math.max(a, b)}`;
}

/** The first of `kinds` that these facts can tell; the last, when there is none. */
export function distanceKindOf(facts: SceneFacts, kinds: readonly [...DistanceKind[], DistanceKind]): DistanceKind {
  return kinds.find((kind) => kind !== "surface" || facts.surface_distances !== null) ?? at(kinds, kinds.length - 1);
}

/** Two objects and how far they are apart. */
export interface ObjectPair {
  a: SceneObject;
  b: SceneObject;
  distance_m: number;
}

/**
 * The closest pair of an instance of one category and an instance of another (VSI-Bench: "If there are multiple
 * instances of an object category, measure to the closest"); the first such pair, when several are equally close.
 *
 * @param instances at least one.
 * @param others at least one.
 */
export function nearestInstances(
  instances: readonly SceneObject[],
  others: readonly SceneObject[],
  distance: ObjectDistance,
): ObjectPair {
  let [nearestA, nearestB, nearest_m] = [at(instances, 0), at(others, 0), Number.POSITIVE_INFINITY];
  for (const a of instances) {
    for (const b of others) {
      const distance_m = distance(a, b);
      if (distance_m < nearest_m) [nearestA, nearestB, nearest_m] = [a, b, distance_m];
    }
  }
  return { a: nearestA, b: nearestB, distance_m: nearest_m };
}

/**
 * From a camera to the nearest point of an object, metres.
 *
 * @param frame metres, axis-aligned, +Z up.
 * @param to the object's mesh, its closest vertex, where the facts have this distance; otherwise its solid oriented box:
 * 0 inside it.
 */
export function cameraDistance(
  { position, distances_m }: Pick<StreamFrame, "position" | "distances_m">,
  { id, box }: SceneObject,
  to: "box" | "mesh",
): number {
  const toVertex_m = to === "mesh" ? distances_m.get(id) : undefined;
  return toVertex_m ?? pointToBoxDistance(box, position);
}
