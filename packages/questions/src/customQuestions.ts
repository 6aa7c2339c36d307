import {
  drawWithoutRepetition,
  type Evidence,
  isQuestionType,
  type Question,
  type RandomGenerator,
  type Reject,
  type SceneFacts,
  type SceneObject,
} from "@vsi/dataset";
import {
  ANY,
  argumentError,
  at,
  checkArguments,
  checkOptions,
  describeValue,
  FUNCTION,
  fields,
  type OptionKinds,
  TEXT,
  WHOLE,
} from "@vsi/dataset/internal";
import { OptionsError } from "./errors.ts";
import { prepare, questionRecord } from "./generateQuestions.ts";
import type { GenerateOptions } from "./options.ts";
import type { Draft, Refusal } from "./types/questionType.ts";

/** A question type of your own. */
export interface CustomQuestionType {
  /** `question_type` of its records; none of QUESTION_TYPES. */
  name: string;
  /** The wording, with places in braces: "How high above the floor is the {category}?" */
  template: string;
  /** What may be asked of a scene, and what may not and why; in an order that the scene alone decides. */
  candidates(scene: CustomScene): Iterable<CustomDraft | CustomRefusal>;
}

/** A scene as question types look at it; metres, axis-aligned, +Z up. */
export interface CustomScene {
  facts: SceneFacts;
  /**
   * The objects that questions may name by their label alone: it occurs once in the room and, under careful rules, a
   * viewer can't take it for anything else. With a stream, only what its frames show. Ordered by id.
   */
  singles: readonly SceneObject[];
  /** The objects that questions may name, by label; those of a label ordered by id. */
  objectsByLabel: ReadonlyMap<string, readonly SceneObject[]>;
  /** Height of the floor, metres. */
  floor_m: number;
  /** Metres between two objects of the scene, as the option `distance` says. */
  distance(a: SceneObject, b: SceneObject): number;
  /** Random numbers for one purpose, which depend on seed, scene and type alone; `shuffled` takes them. */
  random(...purpose: (string | number)[]): RandomGenerator;
}

/** A question before it is phrased. */
export interface CustomDraft {
  /** What fills the template, by its places: {category: "trash can"}. */
  words: Readonly<Record<string, string>>;
  /** The word, or the number as it is asked for. */
  ground_truth: string;
  /** The answers to choose from, in the order to list them, one of them `ground_truth`; left out for a number. */
  choices?: readonly string[];
  /** What the answer rests on: the objects in the question's order, the unrounded value, its unit and margin. */
  evidence: Pick<Evidence, "object_ids" | "value" | "unit" | "margin">;
}

/** A candidate that is not asked, with the rule that it breaks; the numbers are null where the rule has none. */
export interface CustomRefusal {
  refused: Pick<Reject, "code" | "message" | "object_ids" | "value" | "limit" | "unit">;
}

/** As Question, with a type that the table of question types does not have. */
export interface CustomQuestion extends Omit<Question, "question_type"> {
  question_type: string;
}

/** As Reject, with a type that the table of question types does not have. */
export interface CustomReject extends Omit<Reject, "question_type"> {
  question_type: string;
}

/** Options of generateCustomQuestions: those of generateQuestions that mean something for a type of your own. */
export interface CustomOptions
  extends Partial<
    Pick<GenerateOptions, "protocol" | "rules" | "seed" | "labels" | "distance" | "minVisiblePixels" | "countVisible">
  > {
  /** Maximum number of questions; a seeded draw decides which. Default: all. */
  limit?: number;
}

const CUSTOM_OPTIONS: OptionKinds<CustomOptions> = {
  // The others are checked as generateQuestions checks them.
  ...{ protocol: ANY, rules: ANY, seed: ANY, labels: ANY, distance: ANY, minVisiblePixels: ANY, countVisible: ANY },
  limit: WHOLE,
};

const TYPE = fields({ template: TEXT, candidates: FUNCTION });

/**
 * The questions of a type of your own that one scene's facts can answer, by the rules that all types share: which
 * objects may be named, seeded draws, ids, lettered options of the protocol, frames and evidence.
 *
 * The records have the fields of Question and may be written as JSONL, but their type is none of the table's: `verify`
 * has no second computation for it, and vsi-eval and vsi-train no score. CONTRIBUTING.md ("Add a question type") says how
 * a type gets into the table.
 *
 * @param facts metres, axis-aligned, +Z up.
 * @returns questions in the candidates' order; every candidate that was refused; how many the limit left undrawn.
 * @throws OptionsError "custom-type" for a name of the table's or an empty one, and for a choice that does not hold the
 * truth; what generateQuestions throws for options and facts.
 * @throws QuestionsError "template-place" for a place of the template without a word.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { generateCustomQuestions } from "@vsi/questions";
 *
 * const height = {
 *   name: "object_height",
 *   template: "How high above the floor does the {category} reach (in meters)?",
 *   *candidates({ singles, floor_m }) {
 *     for (const { id, label, aabb } of singles) {
 *       const value = aabb.max[2] - floor_m;
 *       const evidence = { object_ids: [id], value, unit: "m", margin: null };
 *       yield { words: { category: label }, ground_truth: value.toFixed(1), evidence };
 *     }
 *   },
 * };
 * const facts = JSON.parse(await readFile("vsi-100k/scenes/scene9000_00.json", "utf8"));
 * const { questions } = generateCustomQuestions(facts, height, { seed: 1, limit: 2 });
 * console.log(questions.length, questions[0].question_type); // 2 object_height
 * ```
 */
export function generateCustomQuestions(
  facts: SceneFacts,
  type: CustomQuestionType,
  options: CustomOptions = {},
): { questions: CustomQuestion[]; rejects: CustomReject[]; notDrawn: number } {
  checkOptions(options, CUSTOM_OPTIONS, "generateCustomQuestions");
  checkArguments("generateCustomQuestions", { type: [type, TYPE] });
  checkName(type.name);
  const { limit = Number.POSITIVE_INFINITY, ...shared } = options;
  const prepared = prepare(facts, shared);
  const { scene, distance, random } = prepared.inputOf(type.name);
  const { singles, objectsByLabel, floor_m } = scene;
  const drafts: Draft[] = [];
  const rejects: CustomReject[] = [];
  const candidates = type.candidates({ facts, singles, objectsByLabel, floor_m, distance, random });
  if (typeof candidates?.[Symbol.iterator] !== "function") {
    throw argumentError("generateCustomQuestions", "candidates' result", candidates, "drafts to go through");
  }
  for (const candidate of candidates) {
    if ("refused" in candidate) rejects.push(rejectOf(candidate.refused, type.name, facts));
    else drafts.push(checkChoices(candidate, type.name));
  }
  const drawn: number[] = [];
  for (const index of drawWithoutRepetition(random("order"), drafts.length)) {
    if (drawn.length >= limit) break;
    drawn.push(index);
  }
  const questions = drawn
    .sort((one, other) => one - other)
    .map((index) => {
      const draft = at(drafts, index);
      const record = questionRecord(draft, type.name, type.template, prepared);
      // With what else the type knows of its answer, in the order it gave.
      return { ...record, evidence: { ...draft.evidence, ...record.evidence } };
    });
  return { questions, rejects, notDrawn: drafts.length - drawn.length };
}

function checkName(name: unknown): void {
  if (typeof name === "string" && name !== "" && !isQuestionType(name)) return;
  throw new OptionsError("custom-type", {
    file: "question type",
    place: "name",
    got: describeValue(name),
    expected: "a name that no type of the table has",
    advice: isQuestionType(name) ? "generateQuestions asks this type." : "Name the type.",
  });
}

function checkChoices(draft: CustomDraft, name: string): CustomDraft {
  if (draft.choices === undefined || draft.choices.includes(draft.ground_truth)) return draft;
  throw new OptionsError("custom-type", {
    file: `question type ${name}`,
    place: "choices",
    got: draft.choices.join(", "),
    expected: `the truth among them, ${describeValue(draft.ground_truth)}`,
    advice: "List the right answer too.",
  });
}

function rejectOf(refusal: Refusal, question_type: string, { dataset, scene_name }: SceneFacts): CustomReject {
  return { schema: "vsi-reject/1", dataset, scene_name, question_type, ...refusal };
}
