import { QUESTION_TYPES, type Question, type QuestionType, type Reject } from "@vsi/dataset";
import type { SceneFacts } from "@vsi/geometry";
import { askTask } from "./askTask.ts";
import { DEFAULT_GENERATE_OPTIONS, type GenerateOptions, type ProtocolName } from "./generateOptions.ts";
import type { Protocol } from "./protocols/protocol.ts";
import { VSI_100K } from "./protocols/vsi100k.ts";
import { randomStream } from "./random/randomStream.ts";
import { sceneOf } from "./scene/scene.ts";
import { validateFacts } from "./scene/validateFacts.ts";
import { objectAbsDistance } from "./tasks/objectAbsDistance.ts";
import { objectCounting } from "./tasks/objectCounting.ts";
import { objectRelDirectionEasy } from "./tasks/objectRelDirectionEasy.ts";
import { objectRelDistance } from "./tasks/objectRelDistance.ts";
import { objectSizeEstimation } from "./tasks/objectSizeEstimation.ts";
import { roomSizeEstimation } from "./tasks/roomSizeEstimation.ts";
import type { Draft, Task } from "./tasks/task.ts";
import { fillTemplate } from "./text/fillTemplate.ts";
import { questionId } from "./text/questionId.ts";
import { validateOptions } from "./validateOptions.ts";

const PROTOCOLS: Readonly<Record<ProtocolName, Protocol>> = { "vsi-100k": VSI_100K };

const TASKS: Readonly<Record<QuestionType, Task>> = {
  object_counting: objectCounting,
  object_size_estimation: objectSizeEstimation,
  object_abs_distance: objectAbsDistance,
  object_rel_distance: objectRelDistance,
  object_rel_direction_easy: objectRelDirectionEasy,
  room_size_estimation: roomSizeEstimation,
};

export interface GeneratedQuestions {
  /** Types in the order of QUESTION_TYPES; within a type by object id, directions in the order drawn. */
  questions: Question[];
  /** Every candidate that was drawn and refused. */
  rejects: Reject[];
  /**
   * Candidates that a limit left undrawn: labels, objects, pairs, targets, triples (a triple and its mirror image are
   * one candidate), rooms. 0 for types that were not asked for.
   */
  notDrawn: Record<QuestionType, number>;
}

/**
 * The questions that one scene's facts can answer. Depends on the facts and the options alone: neither the order of
 * `facts.objects` nor the other types asked for change a question.
 *
 * @param facts metres, axis-aligned, +Z up.
 * @throws FactsError when the facts hold what no question can rest on (NaN, an id twice, an empty label).
 * @throws OptionsError when an option means nothing.
 */
export function generateQuestions(facts: SceneFacts, options: Partial<GenerateOptions> = {}): GeneratedQuestions {
  const settings = { ...DEFAULT_GENERATE_OPTIONS, ...options };
  validateOptions(settings);
  validateFacts(facts);
  const { dataset, scene_name } = facts;
  const protocol = PROTOCOLS[settings.protocol];
  const limits = { ...protocol.maxPerScene, ...settings.maxPerScene };
  const scene = sceneOf(facts);

  const notDrawn = Object.fromEntries(QUESTION_TYPES.map((type) => [type, 0])) as Record<QuestionType, number>;
  const generated: GeneratedQuestions = { questions: [], rejects: [], notDrawn };
  for (const type of QUESTION_TYPES.filter((known) => settings.types.includes(known))) {
    const asked = askTask(TASKS[type], limits[type] ?? Number.POSITIVE_INFINITY, {
      scene,
      protocol,
      random: (...purpose) => randomStream([settings.seed, dataset, scene_name, type, ...purpose]),
    });
    for (const draft of asked.drafts) {
      generated.questions.push(phrase(draft, protocol, facts, type));
    }
    for (const refusal of asked.refusals) {
      generated.rejects.push({ schema: "vsi-reject/1", dataset, scene_name, question_type: type, ...refusal });
    }
    notDrawn[type] = asked.notDrawn;
  }
  return generated;
}

function phrase(draft: Draft, protocol: Protocol, { dataset, scene_name }: SceneFacts, type: QuestionType): Question {
  const text = fillTemplate(protocol.templates[type], draft.words);
  const identity = { protocol: protocol.name, dataset, scene_name, question_type: type, question: text };
  return {
    schema: "vsi-question/1",
    id: questionId(identity),
    dataset,
    scene_name,
    question_type: type,
    question: text,
    ground_truth: draft.ground_truth,
    options: null,
    mc_answer: null,
    protocol: protocol.name,
    frames: [],
    evidence: { ...draft.evidence, frames: null },
  };
}
