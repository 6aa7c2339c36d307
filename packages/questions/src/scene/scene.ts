import type { ProtocolName } from "@vsi/dataset";
import { at, shownJson } from "@vsi/dataset/internal";
import type { SceneFacts, SceneObject, WalkableGrid } from "@vsi/geometry";
import type { LabelKind } from "../choices.ts";
import { QueryError } from "../errors.ts";
import { type ObjectRules, type UnclearObjects, unclearObjects } from "./clearObjects.ts";
import { type DoubtfulLabel, doubtfulLabels } from "./doubtfulLabels.ts";
import { wideName } from "./names.ts";
import { bottomOf } from "./standpoints.ts";
import type { Stream } from "./stream.ts";

/** Scene facts as question types look at them: only what questions may name, in an order of its own. */
export interface Scene {
  /** Square metres; 0 where nobody published an area. */
  roomArea_m2: number;
  /** Whether that is the main room alone, of a scan that may show several. */
  isMainRoom: boolean;
  /** The objects of each label, ordered by id; the labels by their first object's id. */
  objectsByLabel: ReadonlyMap<string, readonly SceneObject[]>;
  /**
   * The objects whose label occurs once in the room, ordered by id: a question can name them without doubt. With a
   * stream, those of them that its frames show. None of them is unclear.
   */
  singles: readonly SceneObject[];
  /** The same with those that are unclear. */
  onlyOnes: readonly SceneObject[];
  /** What the protocol's rules find too unclear to be asked about. */
  unclear: UnclearObjects;
  /** Labels that no question uses, and which stand in no list above: what they mean in this room is in doubt. */
  doubtfulLabels: readonly DoubtfulLabel[];
  /** The published counts by label; empty where the objects are the count. */
  publishedCounts: ReadonlyMap<string, number>;
  /** What the sampled frames show; null where questions are about the room alone. */
  stream: Stream | null;
  /** Null where the facts do not tell. */
  walkable: WalkableGrid | null;
  /**
   * Whatever stands, lies or hangs in the room, named by questions or not; walls, floors and pillars have no box of
   * use.
   */
  furniture: readonly SceneObject[];
  /** Height of the floor: that of the lowest box, 0 in an empty room; metres. */
  floor_m: number;
}

/** How a protocol understands names, and which objects are clear enough for it. */
export interface SceneRules {
  /** Whose names categories are: those of vsi-bench are the benchmark's own. */
  name: ProtocolName;
  /** "wide": a label that a viewer may take for more than the objects that bear it is doubtful. */
  names: "literal" | "wide";
  /** Whether labels in doubt stay with the others: whoever asks by one all the same gets an answer. */
  doubtful?: "kept" | "left out";
  /** Null, or left out, where every object is clear enough to be asked about. */
  objects?: ObjectRules | null;
}

const ALL_LITERALLY: SceneRules = { name: "vsi-100k", names: "literal" };

/**
 * Leaves out every excluded object and groups the others by their label. The order of `facts.objects` does not
 * matter: objects are ordered by id.
 *
 * @param labels which name becomes the `label` of the scene's objects.
 * @param stream what the sampled frames show, where questions are to be about what is seen.
 * @param rules the protocol's; literal names and every object where left out, as queries have them.
 */
export function sceneOf(
  facts: SceneFacts,
  labels: LabelKind,
  stream: Stream | null = null,
  rules: SceneRules = ALL_LITERALLY,
): Scene {
  const nameOf = (category: string) => categoryName(category, rules);
  const nameable = facts.objects
    .filter((object) => object.excluded === null)
    .map((object) => (labels === "raw" ? object : { ...object, label: nameOf(object.category) }))
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
  const furniture = facts.objects.filter((object) => object.excluded !== "structure");
  const doubtful = rules.names === "wide" && rules.doubtful !== "kept" ? doubtfulLabels(objectsByLabel, furniture) : [];
  for (const { label } of doubtful) {
    objectsByLabel.delete(label);
  }
  const publishedCounts = new Map<string, number>();
  for (const [category, count] of Object.entries(facts.counts ?? {})) {
    const name = labels === "raw" ? category : nameOf(category);
    publishedCounts.set(name, (publishedCounts.get(name) ?? 0) + count);
  }
  const unclear = unclearObjects(objectsByLabel, rules.objects ?? null);
  const onlyOnes = nameable.filter(
    ({ id, label }) =>
      objectsByLabel.get(label)?.length === 1 && (publishedCounts.get(label) ?? 1) === 1 && isSeen(id, stream),
  );
  return {
    roomArea_m2: facts.room.area_m2,
    isMainRoom: facts.room.rooms === "main",
    objectsByLabel,
    singles: onlyOnes.filter(({ id }) => !unclear.named.has(id)),
    onlyOnes,
    unclear,
    doubtfulLabels: doubtful,
    publishedCounts,
    stream,
    // Scene files from before there were routes have no such field.
    walkable: facts.room.walkable ?? null,
    floor_m: floorOf(facts.objects),
    furniture,
  };
}

function floorOf(objects: readonly SceneObject[]): number {
  return objects.length === 0
    ? 0
    : objects.reduce((lowest, object) => Math.min(lowest, bottomOf(object)), Number.POSITIVE_INFINITY);
}

/** What questions by categories call an object: the benchmark's names are wide already. */
function categoryName(category: string, { name, names }: SceneRules): string {
  return names === "wide" && name !== "vsi-bench" ? wideName(category) : category;
}

/** Whether a sampled frame shows the object; without a stream, none is hidden. */
export function isSeen(id: number, stream: Stream | null): boolean {
  return stream === null || stream.seen.has(id);
}

/** Whether questions may name each of the objects, by the protocol's rules. */
export function areClear(objects: readonly SceneObject[], { unclear }: Pick<Scene, "unclear">): boolean {
  return objects.every(({ id }) => !unclear.named.has(id));
}

/** Where a query's categories are looked up. */
export interface QueriedScene {
  facts: SceneFacts;
  scene: Scene;
  labels: LabelKind;
}

/**
 * The objects of a category, at least one.
 *
 * @param place where the query names it: "objects[1]".
 * @throws QueryError "query-category" when the scene has none that questions may name.
 */
export function findInstances(queried: QueriedScene, category: string, place: string): readonly SceneObject[] {
  const instances = queried.scene.objectsByLabel.get(category);
  if (instances) {
    return instances;
  }
  const excluded = queried.facts.objects.find(
    (object) => (queried.labels === "raw" ? object.label : object.category) === category,
  )?.excluded;
  const name = shownJson(category);
  throw new QueryError("query-category", {
    file: `query about ${JSON.stringify(queried.facts.scene_name)}`,
    place,
    got: excluded ? `${name}, which questions may not name (${excluded})` : name,
    expected: `one of the categories present: ${namesOf([...queried.scene.objectsByLabel.keys()])}`,
    advice: "Ask about one of these, or set the option labels to raw or canonical names.",
  });
}

/**
 * The only object of a category.
 *
 * @throws QueryError "query-category" when there is none, "query-several" when there are several.
 */
export function findOnly(queried: QueriedScene, category: string, place: string): SceneObject {
  const instances = findInstances(queried, category, place);
  const number = Math.max(instances.length, queried.scene.publishedCounts.get(category) ?? 0);
  if (number > 1) {
    throw new QueryError("query-several", {
      file: `query about ${JSON.stringify(queried.facts.scene_name)}`,
      place,
      got: `${JSON.stringify(category)}, which the scene has ${number} of`,
      expected: `a category with one instance: ${namesOf(queried.scene.singles.map(({ label }) => label))}`,
      advice: "With several instances there is no single answer: ask about one of these.",
    });
  }
  return at(instances, 0);
}

function namesOf(categories: readonly string[]): string {
  return [...categories].sort().join(", ") || "none";
}
