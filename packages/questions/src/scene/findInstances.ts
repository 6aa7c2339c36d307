import { at } from "@vsi/dataset";
import type { SceneFacts, SceneObject } from "@vsi/geometry";
import { QueryError } from "../errors.ts";
import type { LabelKind, Scene } from "./scene.ts";

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
  const name = JSON.stringify(category) ?? "nothing";
  throw new QueryError("query-category", {
    file: `query about ${JSON.stringify(queried.facts.scene_name)}`,
    place,
    got: excluded ? `${name}, which questions may not name (${excluded})` : name,
    expected: `one of the categories present: ${namesOf([...queried.scene.objectsByLabel.keys()])}`,
    advice: "Ask about one of these, or choose by the option labels whether raw or canonical names are meant.",
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
      got: `${JSON.stringify(category)}, of which there are ${number}`,
      expected: `a category with one instance: ${namesOf(queried.scene.singles.map(({ label }) => label))}`,
      advice: "A question about several has no single answer: ask about one of these.",
    });
  }
  return at(instances, 0);
}

function namesOf(categories: readonly string[]): string {
  return [...categories].sort().join(", ") || "none";
}
