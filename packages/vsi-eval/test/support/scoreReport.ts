import type { QuestionType } from "@vsi/dataset";
import type { EvalQuestion } from "../../src/evalQuestion.ts";
import {
  SCORE_SCHEMA,
  type ScoredAnswer,
  type ScoreReport,
  scorePredictions,
} from "../../src/score/scorePredictions.ts";
import { VSI_BENCH_TYPES } from "./benchmarkRecords.ts";
import { choiceQuestion, evalQuestion } from "./evalQuestions.ts";

const NUMBERS: readonly QuestionType[] = [
  "object_counting",
  "object_abs_distance",
  "object_size_estimation",
  "room_size_estimation",
];

/** A question of each of VSI-Bench's types in each of `scans` scans; numbers are 4, choices are B. */
export function everyQuestion(scans: number): EvalQuestion[] {
  return Array.from({ length: scans }, (_, scan) => {
    const scene_name = `scene${String(scan).padStart(4, "0")}_00`;
    return VSI_BENCH_TYPES.map((type) =>
      NUMBERS.includes(type)
        ? evalQuestion(`${scan}-${type}`, { question_type: type, scene_name })
        : choiceQuestion(`${scan}-${type}`, type, { scene_name }),
    );
  }).flat();
}

/** The scores of answers as the command makes them, few resamples for speed. */
export function scoreReport(
  questions: readonly EvalQuestion[],
  predictions: ReadonlyMap<string, string>,
  changed: Partial<ScoreReport> = {},
): { report: ScoreReport; answers: ScoredAnswer[] } {
  const { scores, answers } = scorePredictions(questions, predictions, { resamples: 50, seed: 0, level: 0.95 });
  const report: ScoreReport = {
    schema: SCORE_SCHEMA,
    data: { file: "bench.jsonl", sha256: "0".repeat(64) },
    predictions: { file: "answers.jsonl" },
    selection: { subset: null, limit: null, unasked: 0 },
    settings: null,
    ...scores,
    ...changed,
  };
  return { report, answers };
}
