import { appendFileSync, closeSync, openSync, truncateSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { isRecord } from "@vsi/dataset/internal";
import { fileError } from "@vsi/dataset/internal/node";
import { JsonlWriter, writeFileAtomically } from "@vsi/dataset/node";
import type { EvalQuestion } from "../evalQuestion.ts";
import type { ChatAnswer } from "./server.ts";

/** One line of answers.jsonl: a question as it was asked, and what came of it. */
export interface AnswerRecord {
  id: string;
  question_type: string;
  /** The text sent after the frames. */
  prompt: string;
  /** The frames sent, by name, in their order. */
  frames: string[];
  /** The model's whole text; null when there is none. */
  prediction: string | null;
  /** As in ChatAnswer; left out where the server gave none. */
  reasoning_content?: string;
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
   * One line, handed to the system before this returns, so that it survives a kill.
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

/** What was asked; an answer of this run must match it. */
export type AnsweredQuestion = Pick<AnswerRecord, "id" | "question_type" | "prompt">;

/** What an interrupted run leaves. */
export interface KeptAnswers {
  /** By question id; questions that failed are not among them. */
  answers: Map<string, AnswerRecord>;
  /** Line numbers of invalid answers that were removed from the file; their questions are asked again. */
  damaged: number[];
}

/** Of a run that begins. */
export function noAnswers(): KeptAnswers {
  return { answers: new Map(), damaged: [] };
}

const LINE_FEED = 10;

/**
 * The answers of an earlier start. An incomplete last line, as a killed process leaves it, is cut off; any other line
 * that is not an answer to a question as asked now (a failing disk, an editor) is removed. Answers to questions that
 * are not asked now (a lower --limit) stay in the file.
 *
 * @throws DatasetError as in fileError.
 */
export async function readAnswers(path: string, questions: readonly AnsweredQuestion[]): Promise<KeptAnswers> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fileError(error, path, "the answers of a run");
  });
  const whole = bytes.lastIndexOf(LINE_FEED) + 1;
  const asked = new Map(questions.map((question) => [question.id, question]));
  const answers = new Map<string, AnswerRecord>();
  const damaged: number[] = [];
  const sound: Uint8Array[] = [];
  for (let start = 0, line = 1; start < whole; line += 1) {
    const end = bytes.indexOf(LINE_FEED, start) + 1;
    const part = bytes.subarray(start, end);
    start = end;
    const answer = parseAnswer(part);
    if (answer === null || !answersAsAsked(answer, asked)) {
      damaged.push(line);
      continue;
    }
    sound.push(part);
    if (answer.prediction !== null && asked.has(answer.id)) answers.set(answer.id, answer);
  }
  if (damaged.length > 0) await writeFileAtomically(path, Buffer.concat(sound));
  else if (whole < bytes.length) truncateSync(path, whole);
  return { answers, damaged };
}

function parseAnswer(line: Uint8Array): AnswerRecord | null {
  try {
    const record: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(line));
    return isAnswerRecord(record) ? record : null;
  } catch {
    return null;
  }
}

function isAnswerRecord(value: unknown): value is AnswerRecord {
  if (!isRecord(value)) return false;
  const { id, question_type, prompt, frames, prediction, seconds, attempts, error } = value;
  const isTextOrNull = (field: unknown): boolean => field === null || typeof field === "string";
  return (
    [id, question_type, prompt].every((field) => typeof field === "string") &&
    Array.isArray(frames) &&
    [prediction, error].every(isTextOrNull) &&
    [seconds, attempts].every((field) => typeof field === "number")
  );
}

function answersAsAsked(answer: AnswerRecord, asked: ReadonlyMap<string, AnsweredQuestion>): boolean {
  const question = asked.get(answer.id);
  return (
    question === undefined || (question.prompt === answer.prompt && question.question_type === answer.question_type)
  );
}

const [OPEN, CLOSE] = ["<answer>", "</answer>"];

/**
 * What a reader of answers is given of a model's text. The prompts for training (Liao et al., arXiv 2504.00883) ask for
 * the answer in tags, which the benchmark's own reader takes for part of the number. So the tags go where they were
 * asked for and the form is kept: one pair, and nothing behind it. Any other text stays as it is.
 *
 * @param prompt the text that was sent.
 */
export function answerOf(text: string, prompt: string): string {
  if (!prompt.includes(OPEN)) return text;
  const [before = "", inside, ...others] = text.split(OPEN);
  if (inside === undefined || others.length > 0 || before.includes(CLOSE)) return text;
  const [answer = "", behind, ...more] = inside.split(CLOSE);
  const isForm = behind?.trim() === "" && more.length === 0 && answer.trim() !== "";
  return isForm ? answer.trim() : text;
}

/**
 * Writes predictions.jsonl, which `vsi-eval score` reads: id, question_type and prediction of every answered question
 * (`answerOf` its text), in the benchmark's order whatever order the answers came in.
 *
 * @throws DatasetError as in fileError.
 */
export async function writePredictions(
  path: string,
  questions: readonly EvalQuestion[],
  answers: ReadonlyMap<string, AnswerRecord>,
): Promise<void> {
  const writer = await JsonlWriter.open<Pick<AnswerRecord, "id" | "question_type" | "prediction">>(path);
  try {
    for (const { id, question_type } of questions) {
      const { prediction = null, prompt = "" } = answers.get(id) ?? {};
      if (prediction !== null) await writer.write({ id, question_type, prediction: answerOf(prediction, prompt) });
    }
  } catch (error) {
    await writer.abort();
    throw error;
  }
  await writer.close();
}
