import type { SceneObject } from "@vsi/geometry";
import type { Answer, Refusal, Task } from "./task.ts";

/**
 * How many objects of a label: each label with at least two instances (VSI-Bench's generators ask for two). Refused with
 * code "count-disagrees" where the published count is another than the number of published boxes: one of them is wrong.
 */
export const objectCounting: Task = {
  type: "object_counting",
  order: "every",
  candidates({ scene }) {
    const groups = [...scene.objectsByLabel].map(([label, objects]) => ({
      label,
      objects,
      published: scene.publishedCounts.get(label) ?? objects.length,
    }));
    const asked = groups.filter(({ objects, published }) => Math.max(objects.length, published) >= 2);
    return {
      count: asked.length,
      ask(index) {
        const { label, objects, published } = asked[index]!;
        if (published !== objects.length) {
          return { draft: null, refusals: [refuseCount(label, objects, published)] };
        }
        return { draft: { words: { category: label }, ...countingAnswer(objects, published) }, refusals: [] };
      },
    };
  },
};

/** @param count how many there are: the number of objects, or the published count. */
export function countingAnswer(objects: readonly SceneObject[], count: number): Answer {
  return {
    ground_truth: String(count),
    evidence: { object_ids: objects.map(({ id }) => id), value: count, unit: "count", margin: null },
  };
}

function refuseCount(label: string, objects: readonly SceneObject[], published: number): Refusal {
  return {
    code: "count-disagrees",
    message: `There are ${objects.length} boxes of ${label}, but the published count is ${published}.`,
    object_ids: objects.map(({ id }) => id),
    value: objects.length,
    limit: published,
    unit: "count",
  };
}
