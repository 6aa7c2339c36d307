import { appendFileSync, closeSync, openSync, truncateSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { QuestionType } from "@vsi/dataset";
import { fileError, JsonlWriter } from "@vsi/dataset/node";
import type { EvalQuestion } from "../benchmark.ts";
import { readRecords } from "../records.ts";
import type { ChatAnswer } from "./server.ts";

/** One line of answers.jsonl: a question as it was asked, and what came of it. */
export interface AnswerRecord {
  id: string;
  question_type: QuestionType;
  /** The text sent after the frames. */
  prompt: string;
  /** The frames sent, by name, in their order. */
  frames: string[];
  /** The model's whole text; null when there is none. */
  prediction: string | null;
  /** As in ChatAnswer. */
  finish_reason: ChatAnswer["finish_reason"];
  /** As in ChatAnswer. */
  usage: ChatAnswer["usage"];
  /** From the first attempt to the answer, waits included. */
  seconds: number;
  attempts: number;
  /** Why there is no answer; null when there is one. */
  error: string | null;
}

/** Appends to answers.jsonl. */
interface AnswersFile {
  /**
   * One line, handed to the system before this returns: what was appended outlives a kill.
   *
   * @throws DatasetError as in fileError ("write-no-space" for a full disk).
   */
  append(record: AnswerRecord): void;
  close(): void;
}

/**
 * Opens the file at its end; makes it when there is none.
 *
 * @throws DatasetError as in fileError.
 */
export function openAnswers(path: string): AnswersFile {
  const explained = <Result>(action: () => Result): Result => {
    try {
      return action();
    } catch (error) {
      throw fileError(error, path, "a file to write");
    }
  };
  const file = explained(() => openSync(path, "a"));
  return {
    append: (record) => explained(() => appendFileSync(file, `${JSON.stringify(record)}\n`)),
    close: () => closeSync(file),
  };
}

/**
 * The answers of a run that was begun, by question id; questions that failed are not among them. A last line without
 * its end, as a killed process leaves it, is cut off the file.
 *
 * @throws EvaluationError as in readRecords for a file that is broken elsewhere.
 */
export async function readAnswers(path: string): Promise<Map<string, AnswerRecord>> {
  await cutUnfinishedLine(path);
  const answers = new Map<string, AnswerRecord>();
  for await (const { record } of readRecords(path, "answers")) {
    const answer = record as unknown as AnswerRecord;
    if (typeof answer.id === "string" && typeof answer.prediction === "string") answers.set(answer.id, answer);
  }
  return answers;
}

async function cutUnfinishedLine(path: string): Promise<void> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fileError(error, path, "the answers of a run");
  });
  const whole = bytes.lastIndexOf("\n") + 1;
  if (whole < bytes.length) truncateSync(path, whole);
}

/**
 * Writes predictions.jsonl, which `vsi-eval score` reads: id, question_type and prediction of every answered question,
 * in the benchmark's order whatever order the answers came in.
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
