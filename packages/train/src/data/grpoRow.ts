import type { Question } from "@vsi/dataset";
import type { AccuracyReward, RewardMode } from "@vsi/scoring";
import { promptText } from "./promptText.ts";
import type { GrpoRow } from "./trainingRow.ts";

/** The row of a question for GRPO. @param images absolute paths of its frames. */
export function grpoRow(
  question: Question,
  images: readonly string[],
  settings: { mode: RewardMode; accuracy: AccuracyReward },
): GrpoRow {
  return {
    id: question.id,
    prompt: [{ role: "user", content: promptText(question, settings.mode) }],
    images: [...images],
    ground_truth: question.ground_truth,
    question_type: question.question_type,
    options: question.options,
    mode: settings.mode,
    accuracy: settings.accuracy,
  };
}
