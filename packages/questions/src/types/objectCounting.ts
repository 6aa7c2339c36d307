import { at, countOf } from "@vsi/dataset/internal";
import type { SceneObject } from "@vsi/geometry";
import vsi100k from "@vsi/question-templates/vsi-100k/object_counting.json" with { type: "json" };
import vsiBench from "@vsi/question-templates/vsi-bench/object_counting.json" with { type: "json" };
import { refuseLabel } from "../scene/doubtfulLabels.ts";
import { findInstances, isSeen } from "../scene/scene.ts";
import { namesByPlace } from "./choices.ts";
import { NO_MARKS } from "./marks.ts";
import type { Answer, QueryForm, QuestionTypeModule, Refusal } from "./questionType.ts";

/** "How many ... are in this room?" */
export interface CountingQuery {
  question_type: "object_counting";
  category: string;
  /** More categories: the answer is how many objects there are of all of them together (ReVSI asks about two). */
  others?: readonly string[];
}

/**
 * How many objects of a label: each label with at least two instances (VSI-Bench's generators ask for two). Refused
 * with code "count-disagrees" where the published count is another than the number of published boxes: one of them is
 * wrong, with the code of doubtfulLabels where a label's meaning is in doubt, and with those of unclearObjects.
 *
 * With a stream, refused with code "not-all-seen" where its frames do not show every instance; or, where counting asks
 * what the frames show, each label of which they show at least two.
 */
export const objectCounting: QuestionTypeModule = {
  type: "object_counting",
  templates: { "vsi-100k": vsi100k.template, "vsi-bench": vsiBench.template },
  order: "every",
  candidates({ scene, countVisible }) {
    const groups = [...scene.objectsByLabel].map(([label, objects]) => ({
      label,
      objects,
      seen: objects.filter(({ id }) => isSeen(id, scene.stream)),
      published: scene.publishedCounts.get(label) ?? objects.length,
    }));
    const asked = groups.filter(({ objects, seen, published }) =>
      countVisible && scene.stream ? seen.length >= 2 : Math.max(objects.length, published) >= 2,
    );
    const doubtful = scene.doubtfulLabels.filter(({ objects }) => objects.length >= 2);
    return {
      count: asked.length + doubtful.length,
      ask(index) {
        const doubt = doubtful[index - asked.length];
        if (doubt) {
          return { draft: null, refusals: [refuseLabel(doubt)] };
        }
        const { label, objects, seen, published } = at(asked, index);
        const unclear = scene.unclear.counted.get(label);
        if (unclear) {
          return { draft: null, refusals: [unclear] };
        }
        if (published !== objects.length) {
          return { draft: null, refusals: [refuseCount(label, objects, published)] };
        }
        if (seen.length < objects.length && !countVisible) {
          return { draft: null, refusals: [refuseUnseen(label, objects, seen)] };
        }
        return { draft: { words: { category: label }, ...countingAnswer(seen, seen.length) }, refusals: [] };
      },
    };
  },
  query: {
    read: ({ category, a = "", b = "" }) =>
      category === undefined
        ? { question_type: "object_counting", category: a, others: [b] }
        : { question_type: "object_counting", category },
    phrase({ category, others = [] }) {
      const words = others.length === 0 ? { category } : namesByPlace([category, ...others]);
      return { words, meaning: {} };
    },
    names: ({ category, others = [] }) => ({ list: Array.isArray(others) ? [category, ...others] : null, least: 1 }),
    answer({ category, others = [] }, queried) {
      const counted = [category, ...others].map((name, index) => {
        const instances = findInstances(queried, name, index === 0 ? "category" : `others[${index - 1}]`);
        return { instances, count: queried.scene.publishedCounts.get(name) ?? instances.length };
      });
      const total = counted.reduce((sum, { count }) => sum + count, 0);
      return countingAnswer(
        counted.flatMap(({ instances }) => instances),
        total,
      );
    },
  } satisfies QueryForm<CountingQuery>,
  describe: ({ named }) => `counted: ${named.join(", ")}`,
  marks: () => NO_MARKS,
  trace: ({ value }) =>
    `Going through all frames and counting each of these objects only once, I find ${value} of them.`,
};

/** @param count how many there are: the number of objects, or the published count. */
function countingAnswer(objects: readonly SceneObject[], count: number): Answer {
  return {
    ground_truth: String(count),
    evidence: { object_ids: objects.map(({ id }) => id), value: count, unit: "count", margin: null },
  };
}

export function refuseCount(label: string, objects: readonly SceneObject[], published: number): Refusal {
  return {
    code: "count-disagrees",
    message: `There ${objects.length === 1 ? "is" : "are"} ${countOf(objects.length, "box", "boxes")} of ${label}, but the published count is ${published}.`,
    object_ids: objects.map(({ id }) => id),
    value: objects.length,
    limit: published,
    unit: "count",
  };
}

function refuseUnseen(label: string, objects: readonly SceneObject[], seen: readonly SceneObject[]): Refusal {
  return {
    code: "not-all-seen",
    message: `The sampled frames show ${seen.length} of ${objects.length} objects called ${label}.`,
    object_ids: objects.map(({ id }) => id),
    value: seen.length,
    limit: objects.length,
    unit: "count",
  };
}
