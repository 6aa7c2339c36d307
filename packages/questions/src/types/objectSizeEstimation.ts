import { at } from "@vsi/dataset";
import type { SceneObject } from "@vsi/geometry";
import vsi100k from "@vsi/question-templates/vsi-100k/object_size_estimation.json" with { type: "json" };
import vsiBench from "@vsi/question-templates/vsi-bench/object_size_estimation.json" with { type: "json" };
import { findOnly } from "../scene/findInstances.ts";
import { roundAnswer } from "../wording.ts";
import { planLine } from "./marks.ts";
import { refuseZero } from "./measured.ts";
import type { Answer, PlanPoint, QueryForm, QuestionTypeModule } from "./questionType.ts";

/** How long the longest side of the only object of a category is. */
export interface SizeQuery {
  question_type: "object_size_estimation";
  category: string;
}

/** The longest side of an object's oriented box in whole centimetres: each label with exactly one instance. */
export const objectSizeEstimation: QuestionTypeModule = {
  type: "object_size_estimation",
  templates: { "vsi-100k": vsi100k.template, "vsi-bench": vsiBench.template },
  order: "every",
  candidates({ scene }) {
    return {
      count: scene.singles.length,
      ask(index) {
        const object = at(scene.singles, index);
        return refuseZero({ words: { category: object.label }, ...sizeAnswer(object) }, 1);
      },
    };
  },
  query: {
    read: (word) => ({ question_type: "object_size_estimation", category: word("category") }),
    names: ({ category }) => ({ list: [category], least: 1 }),
    answer: ({ category }, queried) => sizeAnswer(findOnly(queried, category, "category")),
  } satisfies QueryForm<SizeQuery>,
  describe: ({ named, value }) => `the longest side of the box of ${named[0]}: ${value}`,
  marks: ({ asked, question }) => ({
    lines: asked.slice(0, 1).map((object) => planLine(...longestSide(object), `${question.ground_truth} cm`)),
    points: [],
  }),
  trace: ({ value }) => `From one end to the other, its longest side measures about ${value.toFixed(1)} centimeters.`,
};

/** The longest side of the object's oriented box, in whole centimetres. */
function sizeAnswer(object: SceneObject): Answer {
  const longest_cm = Math.max(...object.box.size) * 100;
  return {
    ground_truth: roundAnswer(longest_cm, 0),
    evidence: { object_ids: [object.id], value: longest_cm, unit: "cm", margin: null },
  };
}

/** Through the box's centre. */
function longestSide({ box: { center, size, axes } }: SceneObject): [PlanPoint, PlanPoint] {
  const longest = Math.max(...size);
  const axis = at(axes, size.indexOf(longest));
  const end = (half: number): PlanPoint => [center[0] + half * longest * axis[0], center[1] + half * longest * axis[1]];
  return [end(-0.5), end(0.5)];
}
