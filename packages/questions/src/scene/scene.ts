import type { SceneFacts, SceneObject, WalkableGrid } from "@vsi/geometry";
import type { Stream } from "./stream.ts";

/** Which of an object's names questions use: the annotation's own word, or the one that synonyms and plurals share. */
export const LABEL_KINDS = ["raw", "canonical"] as const;

export type LabelKind = (typeof LABEL_KINDS)[number];

/** Scene facts as the tasks look at them: only what questions may name, in an order of its own. */
export interface Scene {
  /** Square metres. */
  roomArea_m2: number;
  /** The objects of each label, ordered by id; the labels by their first object's id. */
  objectsByLabel: ReadonlyMap<string, readonly SceneObject[]>;
  /**
   * The objects whose label occurs once in the room, ordered by id: a question can name them without doubt. With a stream,
   * those of them that its frames show.
   */
  singles: readonly SceneObject[];
  /** The published counts by label; empty where the objects are the count. */
  publishedCounts: ReadonlyMap<string, number>;
  /** What the sampled frames show; null where questions are about the room alone. */
  stream: Stream | null;
  /** Null where the facts do not tell. */
  walkable: WalkableGrid | null;
  /** Whatever stands, lies or hangs in the room, named by questions or not; walls, floors and pillars have no box of use. */
  furniture: readonly SceneObject[];
}

/**
 * Leaves out every excluded object and groups the others by their label. The order of `facts.objects` does not
 * matter: objects are ordered by id.
 *
 * @param labels which name becomes the `label` of the scene's objects.
 * @param stream what the sampled frames show, where questions are to be about what is seen.
 */
export function sceneOf(facts: SceneFacts, labels: LabelKind, stream: Stream | null = null): Scene {
  const nameable = facts.objects
    .filter((object) => object.excluded === null)
    .map((object) => (labels === "raw" ? object : { ...object, label: object.category }))
    .sort((one, other) => one.id - other.id);
  const objectsByLabel = new Map<string, SceneObject[]>();
  for (const object of nameable) {
    const sameLabel = objectsByLabel.get(object.label);
    if (sameLabel) {
      sameLabel.push(object);
    } else {
      objectsByLabel.set(object.label, [object]);
    }
  }
  const publishedCounts = new Map(Object.entries(facts.counts ?? {}));
  const singles = nameable.filter(
    ({ id, label }) =>
      objectsByLabel.get(label)?.length === 1 && (publishedCounts.get(label) ?? 1) === 1 && isSeen(id, stream),
  );
  return {
    roomArea_m2: facts.room.area_m2,
    objectsByLabel,
    singles,
    publishedCounts,
    stream,
    // Scene files from before there were routes have no such field.
    walkable: facts.room.walkable ?? null,
    furniture: facts.objects.filter((object) => object.excluded !== "structure"),
  };
}

/** Whether a sampled frame shows the object; without a stream, none is hidden. */
export function isSeen(id: number, stream: Stream | null): boolean {
  return stream === null || stream.seen.has(id);
}
