import type { Question } from "@vsi/dataset";
import type { RewardMode } from "@vsi/scoring";
import { promptText } from "./promptText.ts";
import { rationale } from "./rationale.ts";
import type { SftRow } from "./trainingRow.ts";

/**
 * The row of a question for SFT: the right answer in the mode's form. In think and observe mode the tags hold what the
 * question's evidence measures (see rationale).
 *
 * @param images absolute paths of its frames.
 * @returns null where a mode wants reasoning and the evidence has none to give.
 */
export function sftRow(question: Question, images: readonly string[], mode: RewardMode): SftRow | null {
  const answer = completionText(question, mode);
  if (answer === null) return null;
  return {
    id: question.id,
    prompt: [{ role: "user", content: promptText(question, mode) }],
    completion: [{ role: "assistant", content: answer }],
    images: [...images],
  };
}

function completionText(question: Question, mode: RewardMode): string | null {
  if (mode === "vanilla") return question.ground_truth;
  const reasoning = rationale(question);
  return reasoning === null ? null : `<${mode}>${reasoning}</${mode}><answer>${question.ground_truth}</answer>`;
}
