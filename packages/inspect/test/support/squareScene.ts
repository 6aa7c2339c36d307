import type { SceneFacts, SceneObject, Vec3 } from "@vsi/geometry";

const UPRIGHT: SceneObject["box"]["axes"] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** A room of boxes of 1 m, each with its lowest corner at x and y, in metres, on the floor. Ids in the given order. */
export function squareScene(
  scene_name: string,
  objects: readonly { label: string; x: number; y: number }[],
): SceneFacts {
  return {
    schema: "vsi-scene/1",
    dataset: "vsi-synth",
    scene_name,
    room: { area_m2: 100, center: [5, 5, 1], outline: null, walkable: null },
    objects: objects.map(({ label, x, y }, id): SceneObject => {
      const center: Vec3 = [x + 0.5, y + 0.5, 0.5];
      return {
        id,
        label,
        category: label,
        excluded: null,
        points: 9,
        centroid: center,
        box: { center, size: [1, 1, 1], axes: UPRIGHT },
        aabb: { min: [x, y, 0], max: [x + 1, y + 1, 1] },
      };
    }),
    counts: null,
    surface_distances: null,
    camera: null,
  };
}
