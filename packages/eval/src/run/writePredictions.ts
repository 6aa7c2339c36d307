import { JsonlWriter } from "@vsi/dataset/node";
import type { EvalQuestion } from "../benchmark/evalQuestion.ts";
import type { AnswerRecord } from "./answerRecord.ts";

/**
 * Writes predictions.jsonl, which `vsi-eval score` reads: id, question_type and prediction of every answered question, in
 * the benchmark's order whatever order the answers came in.
 *
 * @throws DatasetError as in fileError.
 */
export async function writePredictions(
  path: string,
  questions: readonly EvalQuestion[],
  answers: ReadonlyMap<string, AnswerRecord>,
): Promise<void> {
  const writer = await JsonlWriter.open<Pick<AnswerRecord, "id" | "question_type" | "prediction">>(path);
  for (const { id, question_type } of questions) {
    const prediction = answers.get(id)?.prediction ?? null;
    if (prediction !== null) await writer.write({ id, question_type, prediction });
  }
  await writer.close();
}
