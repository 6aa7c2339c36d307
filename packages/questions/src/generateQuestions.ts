import {
  drawWithoutRepetition,
  QUESTION_TYPES,
  type Question,
  type QuestionType,
  type Reject,
  randomStream,
  typeNeeds,
} from "@vsi/dataset";
import { argumentError, at, fields, frameNamesOf, isRecord, RECORD, sha256Hex, TEXT } from "@vsi/dataset/internal";
import type { SceneFacts } from "@vsi/geometry";
import { pickQuestions } from "./balance/pickQuestions.ts";
import { draftOfPick, isPooledType, type Pick as PickedQuestion, poolOf, type ScenePool } from "./balance/pools.ts";
import { isBalancedBy } from "./choices.ts";
import { distanceKindOf, objectDistances } from "./distances.ts";
import { DEFAULT_GENERATE_OPTIONS, type GenerateOptions, validateOptions, withDefaults } from "./options.ts";
import type { Protocol } from "./protocols/protocol.ts";
import { PROTOCOLS, protocolTypes } from "./protocols/protocols.ts";
import { protocolWith } from "./protocols/rules.ts";
import { sceneOf } from "./scene/scene.ts";
import { framesShowing, type Stream, streamOf } from "./scene/stream.ts";
import { validateFacts } from "./scene/validateFacts.ts";
import type { Attempt, Candidates, Draft, Refusal, Task, TaskInput } from "./types/questionType.ts";
import { QUESTION_TYPE_MODULES } from "./types/registry.ts";
import { fillTemplate, letteredOptions, OPTION_LETTERS } from "./wording.ts";

/** What one scene's facts gave. */
export interface GeneratedQuestions {
  /** Types in the order of QUESTION_TYPES; within a type by object id, directions in the order drawn. */
  questions: Question[];
  /** Every candidate that was drawn and refused; empty where `onReject` got them. */
  rejects: Reject[];
  /**
   * Candidates that a limit left undrawn: labels, objects, pairs, targets, triples (a triple and its mirror image are
   * one candidate), rooms, frames, pairs of frames. By the protocol's types; 0 for those that were not asked for;
   * without a stream there is no entry for the types that need one.
   */
  notDrawn: Partial<Record<QuestionType, number>>;
}

/** What one scene gives, before other scenes have a say. */
export interface SceneQuestions extends GeneratedQuestions {
  /** What questions of pooled types are picked from; they are not among `questions`, and all of them not drawn. */
  pool: ScenePool;
}

/**
 * The questions that one scene's facts can answer. Depends on the facts and the options alone: neither the order of
 * `facts.objects` nor the other types asked for change a question.
 * With `facts.camera`, questions are about what the sampled frames show alone, and name these frames.
 * With `balance`, questions with answers to choose from are picked so that each answer is as often right as the others;
 * what other rooms give away is balanced by selectQuestions, over many scenes.
 *
 * @param facts metres, axis-aligned, +Z up.
 * @param onReject gets each refused candidate as it comes, in the order that `rejects` would have: a crowd of objects in
 * one place refuses hundreds of thousands of them, which need not be in memory at a time.
 * @throws FactsError when the facts hold what no question can rest on (NaN, an id twice, an empty label), or lack the
 * surface distances that `distance` asks for.
 * @throws OptionsError when an option means nothing.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { generateQuestions } from "@vsi/questions";
 *
 * const facts = JSON.parse(await readFile("vsi-100k/scenes/scene9000_00.json", "utf8"));
 * const { questions } = generateQuestions(facts, { seed: 1, types: ["room_size_estimation"] });
 * console.log(questions[0].question_type, questions[0].evidence.unit); // room_size_estimation m2
 * ```
 */
export function generateQuestions(
  facts: SceneFacts,
  options: Partial<GenerateOptions> = {},
  onReject?: (reject: Reject) => void,
): GeneratedQuestions {
  const { pool, ...generated } = generateSceneQuestions(facts, options, onReject);
  const { scene_name: scanId } = facts;
  const limitOf = limitsOf(options);
  const { seed = DEFAULT_GENERATE_OPTIONS.seed } = options;
  const { byScan } = pickQuestions([{ scanId, split: "train", room: scanId, pool, limitOf }], seed);
  return withPicks(generated, facts, options, byScan.get(scanId) ?? []);
}

/**
 * A scene's part of a dataset, for selectQuestions: as generateQuestions, but with what the pooled types may be picked
 * from in place of their questions.
 *
 * @example
 * ```js
 * import { readFile } from "node:fs/promises";
 * import { generateSceneQuestions } from "@vsi/questions";
 *
 * const facts = JSON.parse(await readFile("vsi-100k/scenes/scene9000_00.json", "utf8"));
 * const { questions } = generateSceneQuestions(facts, { types: ["room_size_estimation"] });
 * console.log(questions.length); // 1
 * ```
 */
export function generateSceneQuestions(
  facts: SceneFacts,
  options: Partial<GenerateOptions> = {},
  onReject?: (reject: Reject) => void,
): SceneQuestions {
  const prepared = prepare(facts, options);
  const { protocol, types, asked, isBalanced, inputOf } = prepared;
  const { dataset, scene_name } = facts;
  const limitOf = limitsOf(options);
  const notDrawn: GeneratedQuestions["notDrawn"] = Object.fromEntries(types.map((type) => [type, 0]));
  const generated: SceneQuestions = { questions: [], rejects: [], notDrawn, pool: {} };
  const refuse = onReject ?? ((reject: Reject) => void generated.rejects.push(reject));
  unposedRefusals(prepared, options.types).forEach(refuse);
  for (const type of types) {
    if (protocol.templates[type] === undefined || !asked.includes(type)) {
      continue;
    }
    const onRefusal = (refusal: Refusal): void =>
      refuse({ schema: "vsi-reject/1", dataset, scene_name, question_type: type, ...refusal });
    if (isBalanced && isPooledType(type)) {
      const { pool, refusals, open } = poolOf(type, inputOf(type), limitOf(type));
      Object.assign(generated.pool, pool);
      refusals.forEach(onRefusal);
      notDrawn[type] = open;
      continue;
    }
    const drawn = askTask(QUESTION_TYPE_MODULES[type], limitOf(type), inputOf(type), onRefusal);
    for (const draft of drawn.drafts) {
      generated.questions.push(phrase(draft, type, prepared));
    }
    notDrawn[type] = drawn.notDrawn;
  }
  return generated;
}

/** One refusal for each type that asks what a camera saw, of a scene whose frames have no poses. */
function unposedRefusals({ facts, protocol }: PreparedScene, asked: readonly QuestionType[] | undefined): Reject[] {
  if (facts.camera || facts.unposed_frames === undefined) return [];
  const types = protocolTypes(protocol).filter((type) => typeNeeds(type, "stream") && (asked?.includes(type) ?? true));
  return types.map((question_type) => ({
    schema: "vsi-reject/1",
    dataset: facts.dataset,
    scene_name: facts.scene_name,
    question_type,
    code: "frames-without-poses",
    message: `${facts.scene_name}: its frames have no poses, so nobody knows what they show, where the camera was, or when an object appears.`,
    object_ids: [],
    value: null,
    limit: null,
    unit: null,
  }));
}

/** Adds the questions that were picked from a scene's pool, in the types' order. */
export function withPicks<Generated extends Pick<GeneratedQuestions, "questions" | "notDrawn">>(
  generated: Generated,
  facts: SceneFacts,
  options: Partial<GenerateOptions>,
  picks: readonly PickedQuestion[],
): Generated {
  if (picks.length === 0) return generated;
  const prepared = prepare(facts, options);
  const notDrawn = { ...generated.notDrawn };
  const picked = picks.map((pick) => {
    const type = pick.question_type;
    notDrawn[type] = (notDrawn[type] ?? 0) - 1;
    return phrase(draftOfPick(pick, prepared.inputOf(type)), type, prepared);
  });
  return { ...generated, questions: inTypeOrder([...generated.questions, ...picked]), notDrawn };
}

/** Questions in the order of QUESTION_TYPES, within a type as they are. */
export function inTypeOrder(questions: readonly Question[]): Question[] {
  const place = ({ question_type }: Question) => QUESTION_TYPES.indexOf(question_type);
  return questions.toSorted((one, other) => place(one) - place(other));
}

/** How many questions of a type a scene may have; Infinity without a limit. */
export function limitsOf(options: Partial<GenerateOptions>): (type: QuestionType) => number {
  const { protocol, rules, maxPerScene } = withDefaults(options);
  const limits = { ...protocolWith(PROTOCOLS[protocol], rules).maxPerScene, ...maxPerScene };
  return (type) => limits[type] ?? Number.POSITIVE_INFINITY;
}

/** A scene and the options, checked and completed. */
export interface PreparedScene {
  facts: SceneFacts;
  protocol: Protocol;
  stream: Stream | null;
  /** The protocol's types that the facts can answer, in their order. */
  types: readonly QuestionType[];
  /** Those of them that were asked for. */
  asked: readonly QuestionType[];
  isBalanced: boolean;
  /** @param type its name: draws for one type never change those of another. */
  inputOf(type: string): TaskInput;
}

export function prepare(facts: SceneFacts, options: Partial<GenerateOptions>): PreparedScene {
  if (!isRecord(options)) throw argumentError("generateQuestions", "options", options, RECORD.words);
  const settings = withDefaults(options);
  validateOptions({ ...options, protocol: settings.protocol });
  validateFacts(facts);
  const { dataset, scene_name } = facts;
  const protocol = protocolWith(PROTOCOLS[settings.protocol], settings.rules);
  const stream = (facts.camera && streamOf(facts.camera, settings.minVisiblePixels)) ?? null;
  const types = protocolTypes(protocol).filter((type) => stream || !typeNeeds(type, "stream"));
  const { labels = protocol.labels, distance: kind = distanceKindOf(facts, protocol.distances) } = { ...options };
  // Not the default types, which are those of the default protocol.
  const { types: asked = types, balance = isBalancedBy(settings.rules) } = { ...options };
  const scene = sceneOf(facts, labels, stream, protocol);
  const distance = objectDistances(facts, kind);
  return {
    ...{ facts, protocol, stream, types, asked },
    isBalanced: balance,
    inputOf: (type) => ({
      scene,
      protocol,
      distance,
      countVisible: settings.countVisible,
      random: (...purpose) => randomStream([settings.seed, dataset, scene_name, type, ...purpose]),
    }),
  };
}

function phrase(draft: Draft, type: QuestionType, prepared: PreparedScene): Question {
  return questionRecord(draft, type, prepared.protocol.templates[type] ?? "", prepared);
}

/** The record of a question of any type, also of one that the table does not have. */
export function questionRecord<Type extends string>(
  draft: Draft,
  type: Type,
  template: string,
  { facts, protocol, stream }: PreparedScene,
): Omit<Question, "question_type"> & { question_type: Type } {
  const { dataset, scene_name } = facts;
  const text = fillTemplate(template, draft.words);
  const choices = protocol.lettersOptions ? (draft.choices ?? null) : null;
  // Field by field: objects spread into others were a tenth of what a scan's questions cost.
  const { object_ids, value, unit, margin, route = null } = draft.evidence;
  return {
    schema: "vsi-question/1",
    id: idOf(protocol.name, dataset, scene_name, type, text),
    dataset,
    scene_name,
    question_type: type,
    question: text,
    ground_truth: draft.ground_truth,
    options: choices && letteredOptions(choices),
    mc_answer: choices && at(OPTION_LETTERS, choices.indexOf(draft.ground_truth)),
    protocol: protocol.name,
    frames: frameNamesOf(facts) ?? [],
    evidence: { object_ids, value, unit, margin, route, frames: stream && evidenceFrames(draft, stream) },
  };
}

function evidenceFrames({ frames, evidence }: Draft, stream: Stream): string[] {
  return [...(frames ?? framesShowing(evidence.object_ids, stream))];
}

export interface AskedTask {
  drafts: Draft[];
  /** Candidates left when the limit was reached, or too many were refused. */
  notDrawn: number;
}

/**
 * Draws a task's candidates in random order until `limit` are accepted or none is left, and returns them in the order
 * the task asks for; or until the task gives up, after too many refusals. A larger limit only adds to what a smaller
 * one gives.
 *
 * @param limit at most this many drafts; may be infinite.
 * @param onRefusal gets every refusal, in the order the task asks for.
 */
export function askTask(
  task: Task,
  limit: number,
  input: TaskInput,
  onRefusal: (refusal: Refusal) => void = () => {},
): AskedTask {
  const candidates = task.candidates(input);
  const isSample = task.order === "sample";
  const { mostRefused = Number.POSITIVE_INFINITY, mostDrawn = Number.POSITIVE_INFINITY } = candidates;
  if (!isSample && Math.min(limit, mostDrawn) >= candidates.count && mostRefused === Number.POSITIVE_INFINITY) {
    return askAll(candidates, onRefusal);
  }
  // Refusals are not kept: there may be hundreds of thousands. Where the order is the list's, a refused candidate is
  // asked again when its turn comes.
  const kept: { index: number; attempt: Attempt | null }[] = [];
  let accepted = 0;
  let refused = 0;
  let drawn = 0;
  let draws = 0;
  for (const index of drawWithoutRepetition(input.random("order"), candidates.count)) {
    if (accepted >= limit || refused >= mostRefused || draws >= mostDrawn) {
      break;
    }
    draws += 1;
    const attempt = candidates.ask(index);
    // Neither asked nor refused: another answer was needed, and the candidate counts as never drawn.
    if (!attempt.draft && attempt.refusals.length === 0) {
      continue;
    }
    drawn += 1;
    refused += attempt.refusals.length;
    if (attempt.draft) {
      accepted += 1;
    }
    if (isSample) {
      attempt.refusals.forEach(onRefusal);
    }
    if (attempt.draft || !isSample) {
      kept.push({ index, attempt: attempt.draft ? attempt : null });
    }
  }
  if (!isSample) {
    kept.sort((one, other) => one.index - other.index);
    for (const { index, attempt } of kept) {
      (attempt ?? candidates.ask(index)).refusals.forEach(onRefusal);
    }
  }
  return { drafts: kept.flatMap(({ attempt }) => attempt?.draft ?? []), notDrawn: candidates.count - drawn };
}

/** What drawing gives where nothing can end it before the last candidate: each is asked once, and none is drawn. */
function askAll(candidates: Candidates, onRefusal: (refusal: Refusal) => void): AskedTask {
  const drafts: Draft[] = [];
  let drawn = 0;
  for (let index = 0; index < candidates.count; index += 1) {
    const { draft, refusals } = candidates.ask(index);
    refusals.forEach(onRefusal);
    if (draft) drafts.push(draft);
    if (draft || refusals.length > 0) drawn += 1;
  }
  return { drafts, notDrawn: candidates.count - drawn };
}

const IDENTIFIED = fields({ protocol: TEXT, dataset: TEXT, scene_name: TEXT, question_type: TEXT, question: TEXT });

/**
 * First 16 hex digits of the sha256 of protocol, dataset, scene_name, question_type and question, in this order, as
 * UTF-8, joined by "\n": the same question has the same id in every build.
 *
 * @example
 * ```js
 * import { questionId } from "@vsi/questions";
 *
 * const asked = { protocol: "vsi-100k", dataset: "scannet", scene_name: "scene0000_00", question_type: "object_counting" };
 * const id = questionId({ ...asked, question: "How many chair(s) are in this room?" });
 * console.log(id.length, id === questionId({ question: "How many chair(s) are in this room?", ...asked })); // 16 true
 * ```
 */
export function questionId(
  question: Pick<Question, "protocol" | "dataset" | "scene_name" | "question"> & { question_type: string },
): string {
  if (!IDENTIFIED.fits(question)) throw argumentError("questionId", "question", question, IDENTIFIED.words);
  const { protocol, dataset, scene_name, question_type, question: text } = question;
  return idOf(protocol, dataset, scene_name, question_type, text);
}

function idOf(protocol: string, dataset: string, scene_name: string, question_type: string, text: string): string {
  return sha256Hex(`${protocol}\n${dataset}\n${scene_name}\n${question_type}\n${text}`).slice(0, 16);
}
