import type { SceneFacts, SceneObject } from "@vsi/geometry";

/** Scene facts as the tasks look at them: only what questions may name, in an order of its own. */
export interface Scene {
  /** Square metres. */
  roomArea_m2: number;
  /** The objects of each raw label, ordered by id; the labels by their first object's id. */
  objectsByLabel: ReadonlyMap<string, readonly SceneObject[]>;
  /** The objects whose raw label occurs once, ordered by id: a question can name them without doubt. */
  singles: readonly SceneObject[];
}

/**
 * Leaves out every excluded object and groups the others by their raw label. The order of `facts.objects` does not
 * matter: objects are ordered by id.
 */
export function sceneOf(facts: SceneFacts): Scene {
  const nameable = facts.objects.filter((object) => object.excluded === null).sort((one, other) => one.id - other.id);
  const objectsByLabel = new Map<string, SceneObject[]>();
  for (const object of nameable) {
    const sameLabel = objectsByLabel.get(object.label);
    if (sameLabel) {
      sameLabel.push(object);
    } else {
      objectsByLabel.set(object.label, [object]);
    }
  }
  const singles = nameable.filter((object) => objectsByLabel.get(object.label)!.length === 1);
  return { roomArea_m2: facts.room.area_m2, objectsByLabel, singles };
}
