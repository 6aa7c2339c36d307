import type { Question, QuestionType, Reject } from "@vsi/dataset";
import type { SceneFacts } from "@vsi/geometry";
import { askTask } from "./askTask.ts";
import { distanceKindOf } from "./distances/distanceKindOf.ts";
import { objectDistances } from "./distances/objectDistances.ts";
import { DEFAULT_GENERATE_OPTIONS, type GenerateOptions } from "./generateOptions.ts";
import type { Protocol } from "./protocols/protocol.ts";
import { PROTOCOLS, protocolTypes } from "./protocols/protocols.ts";
import { randomStream } from "./random/randomStream.ts";
import { framesShowing } from "./scene/framesShowing.ts";
import { sceneOf } from "./scene/scene.ts";
import { type Stream, streamOf } from "./scene/stream.ts";
import { validateFacts } from "./scene/validateFacts.ts";
import type { Draft } from "./tasks/task.ts";
import { TASKS } from "./tasks/tasks.ts";
import { fillTemplate } from "./text/fillTemplate.ts";
import { letteredOptions, OPTION_LETTERS } from "./text/letteredOptions.ts";
import { questionId } from "./text/questionId.ts";
import { validateOptions } from "./validateOptions.ts";

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
  const types = protocolTypes(protocol).filter((type) => stream || !TASKS[type].needsStream);
  const { labels = protocol.labels, distance: kind = distanceKindOf(facts, protocol.distances) } = options;
  const limits = { ...protocol.maxPerScene, ...settings.maxPerScene };
  const scene = sceneOf(facts, labels, stream);
  const distance = objectDistances(facts, kind);

  const notDrawn: GeneratedQuestions["notDrawn"] = Object.fromEntries(types.map((type) => [type, 0]));
  const generated: GeneratedQuestions = { questions: [], rejects: [], notDrawn };
  for (const type of types.filter((known) => (options.types ?? types).includes(known))) {
    const asked = askTask(TASKS[type], limits[type] ?? Number.POSITIVE_INFINITY, {
      scene,
      protocol,
      distance,
      countVisible: settings.countVisible,
      random: (...purpose) => randomStream([settings.seed, dataset, scene_name, type, ...purpose]),
    });
    for (const draft of asked.drafts) {
      generated.questions.push(phrase(draft, protocol, scene.stream, { dataset, scene_name, question_type: type }));
    }
    for (const refusal of asked.refusals) {
      generated.rejects.push({ schema: "vsi-reject/1", dataset, scene_name, question_type: type, ...refusal });
    }
    notDrawn[type] = asked.notDrawn;
  }
  return generated;
}

type Asked = Pick<Question, "dataset" | "scene_name" | "question_type">;

function phrase(draft: Draft, protocol: Protocol, stream: Stream | null, asked: Asked): Question {
  const text = fillTemplate(protocol.templates[asked.question_type]!, draft.words);
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
    mc_answer: choices && OPTION_LETTERS[choices.indexOf(draft.ground_truth)]!,
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
