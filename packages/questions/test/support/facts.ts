import type { SceneFacts, SceneObject, Vec3 } from "@vsi/geometry";
import fc from "fast-check";

/** An object of 20 cm, unless `size` says otherwise, with its box around the centroid; metres. */
export function objectAt(id: number, label: string, centroid: Vec3, size: Vec3 = [0.2, 0.2, 0.2]): SceneObject {
  const half = size.map((length) => length / 2) as Vec3;
  return {
    id,
    label,
    category: label,
    excluded: null,
    points: 100,
    centroid,
    box: {
      center: centroid,
      size,
      axes: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    },
    aabb: {
      min: centroid.map((value, axis) => value - half[axis]!) as Vec3,
      max: centroid.map((value, axis) => value + half[axis]!) as Vec3,
    },
  };
}

/** The object with its box turned about the vertical, in radians. */
export function turned(object: SceneObject, yaw: number): SceneObject {
  const [cosine, sine] = [Math.cos(yaw), Math.sin(yaw)];
  const axes: SceneObject["box"]["axes"] = [
    [cosine, sine, 0],
    [-sine, cosine, 0],
    [0, 0, 1],
  ];
  return { ...object, box: { ...object.box, axes } };
}

/** A room of 20 square metres with these objects. */
export function factsWith(objects: SceneObject[], change: Partial<SceneFacts> & { area_m2?: number } = {}): SceneFacts {
  const { area_m2 = 20, ...fields } = change;
  return {
    schema: "vsi-scene/1",
    dataset: "vsi-synth",
    scene_name: "scene9000_00",
    room: { area_m2, center: [0, 0, 1], outline: null, walkable: null },
    objects,
    counts: null,
    surface_distances: null,
    camera: null,
    ...fields,
  };
}

const LABELS = [
  "bed",
  "sink",
  "table",
  "guitar",
  "lamp $& {a}",
  "shower",
  "Küche",
  "tv",
  "shoe rack",
  "bin",
  "box",
  "rug",
];

const coordinate = fc.double({ min: -4, max: 4, noNaN: true });
const length = fc.double({ min: 0, max: 3, noNaN: true });

/** Labels of which careful rules take none for another, and objects small enough to stand by each. */
const CLEAR_LABELS = ["bed", "sink", "guitar", "shower", "tv", "bicycle", "piano", "toilet", "refrigerator", "oven"];

/** Rooms that careful rules ask much about: up to ten small objects, each with a label of its own. */
export const arbitraryClearFacts: fc.Arbitrary<SceneFacts> = fc
  .record({
    places: fc.array(fc.tuple(coordinate, coordinate, fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 4,
      maxLength: CLEAR_LABELS.length,
    }),
    area_m2: fc.double({ min: 0, max: 90, noNaN: true }),
  })
  .map(({ places, area_m2 }) =>
    factsWith(
      places.map((place, index) => objectAt(3 * index, CLEAR_LABELS[index]!, place)),
      { area_m2 },
    ),
  );

/**
 * Rooms as they come and as they should not: no object, few labels, objects in one place, flat boxes, no area; two
 * labels with one category.
 */
export const arbitraryFacts: fc.Arbitrary<SceneFacts> = fc
  .record({
    objects: fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 0, max: 1000 }),
        label: fc.constantFrom(...LABELS),
        centroid: fc.oneof(fc.tuple(coordinate, coordinate, coordinate), fc.constant<Vec3>([1, 1, 1])),
        size: fc.tuple(length, length, length),
        excluded: fc.constantFrom(null, null, null, "structure" as const, "ambiguous" as const),
        yaw: fc.double({ min: 0, max: Math.PI, noNaN: true }),
      }),
      { selector: (object) => object.id, maxLength: 14 },
    ),
    area_m2: fc.double({ min: 0, max: 90, noNaN: true }),
  })
  .map(({ objects, area_m2 }) =>
    factsWith(
      objects.map(({ id, label, centroid, size, excluded, yaw }) => ({
        ...turned(objectAt(id, label, centroid, size), yaw),
        category: label === "box" ? "bin" : label,
        excluded,
      })),
      { area_m2 },
    ),
  );
