import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import {
  at,
  drawWithoutRepetition,
  type Question,
  type QuestionType,
  type Reject,
  randomStream,
  typeNeeds,
} from "@vsi/dataset";
import type { SceneFacts } from "@vsi/geometry";
import { distanceKindOf, objectDistances } from "./distances.ts";
import { DEFAULT_GENERATE_OPTIONS, type GenerateOptions, validateOptions } from "./options.ts";
import type { Protocol } from "./protocols/protocol.ts";
import { PROTOCOLS, protocolTypes } from "./protocols/protocols.ts";
import { sceneOf } from "./scene/scene.ts";
import { framesShowing, type Stream, streamOf } from "./scene/stream.ts";
import { validateFacts } from "./scene/validateFacts.ts";
import type { Attempt, Draft, Refusal, Task, TaskInput } from "./types/questionType.ts";
import { QUESTION_TYPE_MODULES } from "./types/registry.ts";
import { fillTemplate, letteredOptions, OPTION_LETTERS } from "./wording.ts";

export interface GeneratedQuestions {
  /** Types in the order of QUESTION_TYPES; within a type by object id, directions in the order drawn. */
  questions: Question[];
  /** Every candidate that was drawn and refused. */
  rejects: Reject[];
  /**
   * Candidates that a limit left undrawn: labels, objects, pairs, targets, triples (a triple and its mirror image are
   * one candidate), rooms, frames, pairs of frames. By the protocol's types; 0 for those that were not asked for; without a
   * stream there is no entry for the types that need one.
   */
  notDrawn: Partial<Record<QuestionType, number>>;
}

/**
 * The questions that one scene's facts can answer. Depends on the facts and the options alone: neither the order of
 * `facts.objects` nor the other types asked for change a question.
 * With `facts.camera`, questions are about what the sampled frames show alone, and name these frames.
 *
 * @param facts metres, axis-aligned, +Z up.
 * @throws FactsError when the facts hold what no question can rest on (NaN, an id twice, an empty label), or lack the
 * surface distances that `distance` asks for.
 * @throws OptionsError when an option means nothing.
 */
export function generateQuestions(facts: SceneFacts, options: Partial<GenerateOptions> = {}): GeneratedQuestions {
  const settings = { ...DEFAULT_GENERATE_OPTIONS, ...options };
  validateOptions({ ...options, protocol: settings.protocol });
  validateFacts(facts);
  const { dataset, scene_name } = facts;
  const protocol = PROTOCOLS[settings.protocol];
  const stream = facts.camera && streamOf(facts.camera, settings.minVisiblePixels);
  const types = protocolTypes(protocol).filter((type) => stream || !typeNeeds(type, "stream"));
  const { labels = protocol.labels, distance: kind = distanceKindOf(facts, protocol.distances) } = { ...options };
  const limits = { ...protocol.maxPerScene, ...settings.maxPerScene };
  const scene = sceneOf(facts, labels, stream);
  const distance = objectDistances(facts, kind);

  const notDrawn: GeneratedQuestions["notDrawn"] = Object.fromEntries(types.map((type) => [type, 0]));
  const generated: GeneratedQuestions = { questions: [], rejects: [], notDrawn };
  for (const type of types) {
    const template = protocol.templates[type];
    if (template === undefined || settings.types?.includes(type) === false) {
      continue;
    }
    const asked = askTask(QUESTION_TYPE_MODULES[type], limits[type] ?? Number.POSITIVE_INFINITY, {
      scene,
      protocol,
      distance,
      countVisible: settings.countVisible,
      random: (...purpose) => randomStream([settings.seed, dataset, scene_name, type, ...purpose]),
    });
    for (const draft of asked.drafts) {
      generated.questions.push(phrase(template, draft, protocol, stream, { dataset, scene_name, question_type: type }));
    }
    for (const refusal of asked.refusals) {
      generated.rejects.push({ schema: "vsi-reject/1", dataset, scene_name, question_type: type, ...refusal });
    }
    notDrawn[type] = asked.notDrawn;
  }
  return generated;
}

function phrase(
  template: string,
  draft: Draft,
  protocol: Protocol,
  stream: Stream | null,
  asked: Pick<Question, "dataset" | "scene_name" | "question_type">,
): Question {
  const text = fillTemplate(template, draft.words);
  const choices = protocol.lettersOptions ? (draft.choices ?? null) : null;
  return {
    schema: "vsi-question/1",
    id: questionId({ protocol: protocol.name, ...asked, question: text }),
    dataset: asked.dataset,
    scene_name: asked.scene_name,
    question_type: asked.question_type,
    question: text,
    ground_truth: draft.ground_truth,
    options: choices && letteredOptions(choices),
    mc_answer: choices && at(OPTION_LETTERS, choices.indexOf(draft.ground_truth)),
    protocol: protocol.name,
    frames: stream ? stream.frames.map(({ name }) => name) : [],
    evidence: {
      ...draft.evidence,
      route: draft.evidence.route ?? null,
      frames: stream && evidenceFrames(draft, stream),
    },
  };
}

function evidenceFrames({ frames, evidence }: Draft, stream: Stream): string[] {
  return [...(frames ?? framesShowing(evidence.object_ids, stream))];
}

export interface AskedTask {
  drafts: Draft[];
  refusals: Refusal[];
  /** Candidates left when the limit was reached, or too many were refused. */
  notDrawn: number;
}

/**
 * Draws a task's candidates in random order until `limit` are accepted or none is left, and returns them in the order
 * the task asks for; or until the task gives up, after too many refusals. A larger limit only adds to what a smaller one gives.
 *
 * @param limit at most this many drafts; may be infinite.
 */
export function askTask(task: Task, limit: number, input: TaskInput): AskedTask {
  const candidates = task.candidates(input);
  const attempts: { index: number; attempt: Attempt }[] = [];
  const mostRefused = candidates.mostRefused ?? Number.POSITIVE_INFINITY;
  let accepted = 0;
  let refused = 0;
  for (const index of drawWithoutRepetition(input.random("order"), candidates.count)) {
    if (accepted >= limit || refused >= mostRefused) {
      break;
    }
    const attempt = candidates.ask(index);
    // Neither asked nor refused: the task looked for another answer, and the candidate counts as never drawn.
    if (!attempt.draft && attempt.refusals.length === 0) {
      continue;
    }
    attempts.push({ index, attempt });
    refused += attempt.refusals.length;
    if (attempt.draft) {
      accepted += 1;
    }
  }
  if (task.order === "every") {
    attempts.sort((one, other) => one.index - other.index);
  }
  return {
    drafts: attempts.flatMap(({ attempt }) => attempt.draft ?? []),
    refusals: attempts.flatMap(({ attempt }) => attempt.refusals),
    notDrawn: candidates.count - attempts.length,
  };
}

/**
 * First 16 hex digits of the sha256 of protocol, dataset, scene_name, question_type and question, in this order, as
 * UTF-8, joined by "\n": the same question has the same id in every build.
 */
export function questionId(
  question: Pick<Question, "protocol" | "dataset" | "scene_name" | "question_type" | "question">,
): string {
  const { protocol, dataset, scene_name, question_type, question: text } = question;
  return bytesToHex(sha256(utf8ToBytes([protocol, dataset, scene_name, question_type, text].join("\n")))).slice(0, 16);
}
