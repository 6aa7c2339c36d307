import { type Evidence, isQuestionType } from "@vsi/dataset";
import { ANY, type OptionKinds, shownJson } from "@vsi/dataset/internal";
import type { SceneFacts } from "@vsi/geometry";
import type { DistanceKind, LabelKind } from "../choices.ts";
import { distanceKindOf, type ObjectDistance, objectDistances } from "../distances.ts";
import { QueryError } from "../errors.ts";
import { DEFAULT_GENERATE_OPTIONS, type GenerateOptions, validateOptions } from "../options.ts";
import { PROTOCOLS } from "../protocols/protocols.ts";
import { protocolWith } from "../protocols/rules.ts";
import { VSI_BENCH } from "../protocols/vsiBench.ts";
import { remembered } from "../remembered.ts";
import { type Scene, type SceneRules, sceneOf } from "../scene/scene.ts";
import { validateFacts } from "../scene/validateFacts.ts";
import type { QueryForm } from "../types/questionType.ts";
import { QUESTION_TYPE_MODULES, type Query } from "../types/registry.ts";

/**
 * What a query means; what is left out is as VSI_BENCH has it: canonical names, surface distances or, without them,
 * boxes.
 */
export interface AnswerOptions extends Partial<Pick<GenerateOptions, "protocol" | "rules">> {
  /** Which names the query uses. */
  labels?: LabelKind;
  /** What the distance between two objects means; `sampled` agrees with VSI-Bench's published answers. */
  distance?: DistanceKind;
}

const ANSWER_OPTIONS: OptionKinds<AnswerOptions> = { protocol: ANY, rules: ANY, labels: ANY, distance: ANY };

/** The answer to a query. */
export interface QueryAnswer {
  /** As the benchmark writes it: the number ("2.3"), the word ("front-left") or the choice's name; never a letter. */
  ground_truth: string;
  /** The answer before rounding; for choices the number it was decided by. In `unit`. */
  value: number | null;
  unit: Evidence["unit"];
  /** How far the answer is from becoming another one, in `unit`; null for numbers. */
  margin: number | null;
  evidence: Evidence;
}

/**
 * The answer to a question that someone else asked, by the arithmetic that generateQuestions uses and without its
 * ambiguity rules, so that a benchmark's answers can be checked.
 * What facts take to prepare is kept for the next query: do not change facts between calls.
 *
 * @param facts metres, axis-aligned, +Z up.
 * @throws QueryError when the facts do not hold the answer: a category that is not there or may not be named
 * ("query-category"), several where one is meant ("query-several"), directions between objects in one place
 * ("query-one-place"), a turn where the way leads straight on ("query-no-turn"), the size of a room whose floor area is
 * not known ("query-no-room"), an order of appearance without a stream ("query-no-stream") or of what it does not show
 * ("query-unseen"), or no such query ("query-type", "query-names", "query-form").
 * @throws FactsError as generateQuestions does, OptionsError for an option that means nothing.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { answerQuery } from "@vsi/questions";
 *
 * const facts = JSON.parse(await readFile("vsi-100k/scenes/scene9000_00.json", "utf8"));
 * const { ground_truth, unit } = answerQuery(facts, { question_type: "room_size_estimation" });
 * console.log(Math.abs(Number(ground_truth) - facts.room.area_m2) <= 0.05, unit); // true m2
 * ```
 */
export function answerQuery(facts: SceneFacts, query: Query, options: AnswerOptions = {}): QueryAnswer {
  const { protocol: name = "vsi-bench", rules = DEFAULT_GENERATE_OPTIONS.rules } = { ...options };
  validateOptions({ ...options, protocol: name }, "answerQuery", ANSWER_OPTIONS);
  const protocol = protocolWith(PROTOCOLS[name], rules);
  const { labels = protocol.labels, distance: asked } = { ...options };
  const scene = queryScene(facts, labels, protocol);
  const distance = asked ?? distanceKindOf(facts, protocol.distances);
  const form = checkQuery(query, facts);
  const { ground_truth, evidence } = form.answer(query, {
    facts,
    scene,
    labels,
    distance: () => queryDistance(facts, distance),
  });
  const { value, unit, margin } = evidence;
  return { ground_truth, value, unit, margin, evidence: { ...evidence, route: null, frames: null } };
}

/**
 * How a query is answered, once it is checked: it may come from a file or from JavaScript without types.
 *
 * @throws QueryError "query-type" for a question type that has no query, "query-names" when it names too few categories
 * or one of them twice: nothing is the closest to itself; "query-form" when another field holds what it can't.
 */
export function checkQuery(query: Query, { scene_name }: SceneFacts): QueryForm {
  return queryForm(query, `query about ${JSON.stringify(scene_name)}`);
}

/** As checkQuery; `file` is what errors call the query. */
export function queryForm(query: Query, file: string): QueryForm {
  const type: unknown = (query as Query | null | undefined)?.question_type;
  const form = isQuestionType(type) ? QUESTION_TYPE_MODULES[type].query : null;
  if (form === null) {
    throw new QueryError("query-type", {
      file,
      place: "question_type",
      got: shownJson(type),
      expected: "a question type that has a query",
      advice: "Correct question_type; the type Query lists them all.",
    });
  }
  const { list, least } = form.names(query);
  if (!Array.isArray(list) || list.length < least || new Set(list).size < list.length) {
    throw new QueryError("query-names", {
      file,
      place: query.question_type,
      got: shownJson(list),
      expected: `at least ${least} categories, no two the same`,
      advice: "Name each category once.",
    });
  }
  const flaw = form.flaw?.(query) ?? null;
  if (flaw !== null) {
    throw new QueryError("query-form", {
      file,
      place: flaw.place,
      got: shownJson(flaw.got),
      expected: flaw.expected,
      advice: "Correct the field; the type Query says what it may hold.",
    });
  }
  return form;
}

/** What answering takes from facts, kept from one query to the next. */
interface QueryScene {
  scenes: Map<string, Scene>;
  distances: Map<DistanceKind, ObjectDistance>;
}

/** By facts, so that thousands of queries check, group and sample a scene once; gone when the facts are. */
const KNOWN = new WeakMap<SceneFacts, QueryScene>();

/**
 * The facts, checked and grouped by the names that questions by the rules would use, the doubtful ones too; the first call
 * for a scene does the work.
 *
 * @throws FactsError as validateFacts does.
 */
export function queryScene(facts: SceneFacts, labels: LabelKind, { name, names }: SceneRules = VSI_BENCH): Scene {
  const make = () => sceneOf(facts, labels, null, { name, names, doubtful: "kept" });
  return rememberedScene(facts, [labels, name, names].join(), make);
}

/** The facts, checked and grouped in one way; `make` is asked once for a key. @throws FactsError as validateFacts does. */
export function rememberedScene(facts: SceneFacts, key: string, make: () => Scene): Scene {
  return remembered(knownOf(facts).scenes, key, make);
}

/**
 * The distances of the facts' objects; a kind is prepared when it is first asked for.
 *
 * @throws FactsError as validateFacts and objectDistances do.
 */
export function queryDistance(facts: SceneFacts, kind: DistanceKind): ObjectDistance {
  return remembered(knownOf(facts).distances, kind, () => objectDistances(facts, kind));
}

function knownOf(facts: SceneFacts): QueryScene {
  return remembered(KNOWN, facts, () => {
    validateFacts(facts);
    return { scenes: new Map(), distances: new Map() };
  });
}
