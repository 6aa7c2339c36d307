import { appendFileSync, closeSync, openSync, truncateSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileError } from "@vsi/dataset/node";
import { readRecords } from "../records/readRecords.ts";
import type { AnswerRecord } from "./answerRecord.ts";

/** Appends to answers.jsonl. */
export interface AnswersFile {
  /**
   * One line, handed to the system before this returns: what was appended outlives a kill.
   * @throws DatasetError as in fileError ("write-no-space" for a full disk).
   */
  append(record: AnswerRecord): void;
  close(): void;
}

/** Opens the file at its end; makes it when there is none. @throws DatasetError as in fileError. */
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
