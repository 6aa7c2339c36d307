import type { DatasetSplit, Question, QuestionType, Reject } from "@vsi/dataset";
import type { KeptSuccess } from "./pipeline/keptResults.ts";

/** What a build made, for the manifest, the card and the closing table. */
export interface BuildCounts {
  scansRead: number;
  /** Those of them of whose room or split a table says something. */
  scansOnTables: number;
  /** Scans left out, by reason code. */
  skips: Record<string, number>;
  /** By split, for the splits that the dataset has a file for. */
  questions: Partial<Record<DatasetSplit, Partial<Record<QuestionType, number>>>>;
  /** Refused candidates and skipped scans by reason code. */
  rejects: Record<string, number>;
  /** Candidates that were drawn and refused, by type. */
  refused: Partial<Record<QuestionType, number>>;
  /** Candidates that were never looked at: past a limit per scan. */
  notDrawn: Partial<Record<QuestionType, number>>;
  /** Rooms that the blind models learned from; 0 where there were too few, or answers are not balanced. */
  roomsLearntFrom: number;
}

export function emptyCounts(splits: readonly DatasetSplit[]): BuildCounts {
  const questions = Object.fromEntries(splits.map((split) => [split, {}]));
  return {
    scansRead: 0,
    scansOnTables: 0,
    skips: {},
    questions,
    rejects: {},
    refused: {},
    notDrawn: {},
    roomsLearntFrom: 0,
  };
}

/** A scan that was read, with the questions of it that go into the dataset. */
export function countScan(
  counts: BuildCounts,
  split: DatasetSplit,
  result: Pick<KeptSuccess, "questions" | "refused" | "notDrawn">,
): void {
  counts.scansRead += 1;
  for (const question of result.questions) countQuestion(counts, split, question);
  const { codes, types } = result.refused;
  for (const [code, refused] of Object.entries(codes)) counts.rejects[code] = (counts.rejects[code] ?? 0) + refused;
  for (const [type, refused] of Object.entries(types) as [QuestionType, number][]) {
    counts.refused[type] = (counts.refused[type] ?? 0) + refused;
  }
  for (const [type, candidates] of Object.entries(result.notDrawn)) {
    counts.notDrawn[type as QuestionType] = (counts.notDrawn[type as QuestionType] ?? 0) + candidates;
  }
}

/** Questions that were picked of what was counted as not drawn. */
export function countPicked(counts: BuildCounts, picked: Partial<Record<QuestionType, number>>): void {
  for (const [type, questions] of Object.entries(picked) as [QuestionType, number][]) {
    counts.notDrawn[type] = (counts.notDrawn[type] ?? 0) - questions;
  }
}

/** Questions of a type over all splits. */
export function questionsOfType(counts: BuildCounts, type: QuestionType): number {
  return Object.values(counts.questions).reduce((sum, ofSplit) => sum + (ofSplit[type] ?? 0), 0);
}

/** A scan that was left out. */
export function countSkip(counts: BuildCounts, reject: Reject): void {
  counts.skips[reject.code] = (counts.skips[reject.code] ?? 0) + 1;
  countReject(counts, reject);
}

/** A candidate that was refused, or a question that was dropped. */
export function countReject(counts: BuildCounts, reject: Reject): void {
  counts.rejects[reject.code] = (counts.rejects[reject.code] ?? 0) + 1;
  const type = reject.question_type;
  if (type !== null) counts.refused[type] = (counts.refused[type] ?? 0) + 1;
}

function countQuestion(counts: BuildCounts, split: DatasetSplit, question: Question): void {
  counts.questions[split] ??= {};
  const ofSplit = counts.questions[split];
  ofSplit[question.question_type] = (ofSplit[question.question_type] ?? 0) + 1;
}
