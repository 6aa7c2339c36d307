import { DatasetError } from "@vsi/dataset";
import { type AccuracyReward, answerAccuracy, type RewardMode, ScoringError } from "@vsi/scoring";
import type { Method } from "../settings/runSettings.ts";
import { dpoRow } from "./dpoRow.ts";
import { grpoRow } from "./grpoRow.ts";
import { sftRow } from "./sftRow.ts";
import type { TrainingRow } from "./trainingRow.ts";
import type { TrainingQuestion } from "./trainingSet.ts";

/** What a question's row depends on. */
export interface RowSettings {
  method: Method;
  mode: RewardMode;
  /** How GRPO pays for numbers. */
  accuracy: AccuracyReward;
  /** Decides DPO's wrong answers. */
  seed: number;
}

/**
 * The row of each question, in order.
 *
 * @throws DatasetError with file and line for a question that the method can't use: no reward can be given for it
 * ("question-without-reward"), no reasoning be made ("question-without-reasoning"), no wrong answer ("question-without-pair").
 */
export function makeRows(questions: readonly TrainingQuestion[], settings: RowSettings): TrainingRow[] {
  return questions.map((entry) => makeRow(entry, settings));
}

function makeRow(entry: TrainingQuestion, { method, mode, accuracy, seed }: RowSettings): TrainingRow {
  const { question, images } = entry;
  if (method === "grpo") {
    checkReward(entry, accuracy);
    return grpoRow(question, images, { mode, accuracy });
  }
  if (method === "sft") {
    const advice = "Use --mode vanilla, or leave this type out by --types.";
    const expected = `evidence that measures the answer: it fills the ${mode} tags`;
    return (
      sftRow(question, images, mode) ??
      refuse(entry, "question-without-reasoning", "no such evidence", expected, advice)
    );
  }
  const expected = "options, or another object or direction to name: DPO's wrong answer";
  const advice = "Leave this type out by --types.";
  return dpoRow(question, images, seed) ?? refuse(entry, "question-without-pair", "none", expected, advice);
}

/** Asks for the reward of an answer that is none: an unfit question is found here and not in the middle of a run. */
function checkReward(entry: TrainingQuestion, accuracy: AccuracyReward): void {
  try {
    answerAccuracy(null, entry.question, accuracy);
  } catch (error) {
    if (!(error instanceof ScoringError)) throw error;
    const { got, expected } = error.detail;
    refuse(entry, "question-without-reward", got, expected, "Leave this type out by --types, or correct the line.");
  }
}

function refuse(entry: TrainingQuestion, code: string, got: string, expected: string, advice: string): never {
  const place = `line ${entry.line}, ${entry.question.question_type}`;
  throw new DatasetError(code, { file: entry.file, place, got, expected, advice });
}
