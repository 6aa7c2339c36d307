import { isQuestionType, type Question } from "@vsi/dataset";
import {
  checkArguments,
  FUNCTION,
  fields,
  LIST,
  listOf,
  MAP,
  type Marks,
  NUMBER,
  oneOf,
  optional,
  orNull,
  RECORD,
  TEXT,
} from "@vsi/dataset/internal";
import { DISTANCE_KINDS, type DistanceKind } from "./choices.ts";
import { measuredPoints } from "./distances.ts";
import type { ShownScene } from "./types/questionType.ts";
import { QUESTION_TYPE_MODULES } from "./types/registry.ts";

/** Between what two objects' distance was measured. */
const MEASURED_BETWEEN: Readonly<Record<DistanceKind, string>> = {
  surface: "the closest vertices",
  box: "the boxes",
  sampled: "points sampled on the boxes",
  centroid: "the centroids",
};

const UNITS = { m: "m", cm: "cm", m2: "m²", degree: "degrees", s: "s", count: "" } as const;

const EVIDENCE = fields({ object_ids: LIST });

const SHOWN_QUESTION = fields({
  question_type: { words: "a question type", fits: isQuestionType },
  evidence: EVIDENCE,
});

const TRACED = fields({
  question_type: { words: "a question type", fits: isQuestionType },
  ground_truth: TEXT,
  evidence: fields({ value: orNull(NUMBER) }),
});

const SHOWN_SCENE = fields({
  objects: MAP,
  nameOf: FUNCTION,
  distanceKind: oneOf(DISTANCE_KINDS),
  frames: optional(orNull(listOf(RECORD, "a list of frames"))),
  facts: fields({ room: RECORD }),
});

/**
 * What an answer rests on, in a sentence for a person.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { describeEvidence } from "@vsi/questions";
 *
 * const facts = JSON.parse(await readFile("vsi-100k/scenes/scene9000_00.json", "utf8"));
 * const objects = new Map(facts.objects.map((object) => [object.id, object]));
 * const scene = { facts, objects, nameOf: ({ label }) => label, frames: null, distanceKind: "centroid" };
 * const [first] = (await readFile("vsi-100k/data/train.jsonl", "utf8")).split("\n");
 * console.log(describeEvidence(JSON.parse(first), scene));
 * ```
 */
export function describeEvidence(question: Question, scene: ShownScene): string {
  checkArguments("describeEvidence", { question: [question, SHOWN_QUESTION], scene: [scene, SHOWN_SCENE] });
  const { question_type, evidence, ground_truth } = question;
  const { object_ids, frames, value, margin } = evidence;
  const unit = evidence.unit === null ? "" : UNITS[evidence.unit];
  return QUESTION_TYPE_MODULES[question_type].describe({
    named: object_ids.map((id) => {
      const object = scene.objects.get(id);
      return `${object ? scene.nameOf(object) : "an object that is not in the scene"} (id ${id})`;
    }),
    frames: frames ?? [],
    value: `${value === null ? "no number" : Number(value.toFixed(4))} ${unit}`.trim(),
    margin: margin === null ? "" : `; ${Number(margin.toFixed(4))} ${unit} from another answer`,
    between: MEASURED_BETWEEN[scene.distanceKind],
    isToVertices: isToVertices(evidence, scene),
    ground_truth,
  });
}

function isToVertices({ object_ids, frames }: Question["evidence"], scene: ShownScene): boolean {
  const frame = scene.frames?.find(({ name }) => name === frames?.[0]);
  return object_ids.every((id) => frame?.distances_m?.has(id) === true);
}

/**
 * What is drawn of a question into its room's plan; of an asked object or frame that is not in the scene nothing is.
 * Distances are drawn between the points that they were measured between (see measuredPoints); a camera's, to the
 * nearest point of an object's box.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { generateQuestions, marksOf } from "@vsi/questions";
 *
 * const facts = JSON.parse(await readFile("vsi-100k/scenes/scene9000_00.json", "utf8"));
 * const objects = new Map(facts.objects.map((object) => [object.id, object]));
 * const scene = { facts, objects, nameOf: ({ label }) => label, frames: null, distanceKind: "centroid" };
 * const [distance] = generateQuestions(facts, { types: ["object_abs_distance"] }).questions;
 * console.log(marksOf(distance, scene).lines.length); // 1
 * ```
 */
export function marksOf(question: Question, scene: ShownScene): Marks {
  checkArguments("marksOf", { question: [question, SHOWN_QUESTION], scene: [scene, SHOWN_SCENE] });
  const { object_ids, frames } = question.evidence;
  return QUESTION_TYPE_MODULES[question.question_type].marks({
    question,
    asked: object_ids.flatMap((id) => scene.objects.get(id) ?? []),
    frames: (frames ?? []).flatMap((name) => scene.frames?.find((frame) => frame.name === name) ?? []),
    room: scene.facts.room,
    measured: measuredPoints(scene.facts, scene.distanceKind),
  });
}

/**
 * One sentence of what a question's evidence measures, as it might stand in a trace of reasoning: true, and leading to
 * the answer.
 *
 * @returns null where the evidence does not measure the answer (orders, routes, cameras' movements).
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { generateQuestions, traceOf } from "@vsi/questions";
 *
 * const facts = JSON.parse(await readFile("vsi-100k/scenes/scene9000_00.json", "utf8"));
 * const { questions } = generateQuestions(facts, { seed: 1, types: ["object_counting"] });
 * console.log(traceOf(questions[0]).includes(questions[0].ground_truth)); // true
 * ```
 */
export function traceOf(question: Pick<Question, "question_type" | "ground_truth" | "evidence">): string | null {
  checkArguments("traceOf", { question: [question, TRACED] });
  const { question_type, ground_truth } = question;
  const { value, unit, margin } = question.evidence;
  return value === null ? null : QUESTION_TYPE_MODULES[question_type].trace({ value, unit, margin, ground_truth });
}
