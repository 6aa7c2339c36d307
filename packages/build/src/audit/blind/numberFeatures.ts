import type { AuditQuestion } from "../questions/auditQuestion.ts";
import { questionWords } from "./questionWords.ts";

/** 300: as many labels as carry nearly all questions of ScanNet, and few enough to solve for in a tenth of a second. */
const MOST_FEATURES = 300;

/** What fewer questions than this share is too rare to learn from. */
const FEWEST_USES = 5;

/** Which of the features each question has; feature 0 is one that all have. */
export interface NumberFeatures {
  /** How many features there are. */
  size: number;
  /** The features of each question, ascending. */
  rows: Uint16Array[];
}

/**
 * What the text says as yes-or-no features: each label in its place, each label anywhere, each pair of labels in either
 * order, and single words where the wording is not known. The most frequent are kept; which ones are is decided by the
 * texts alone, never by an answer.
 */
export function numberFeatures(questions: readonly AuditQuestion[]): NumberFeatures {
  const unknown = questions.filter(({ places }) => Object.keys(places).length === 0);
  const words = new Map(questionWords(unknown).map((own, index) => [unknown[index]!, own]));
  const named = questions.map((question) => featureNames(question, words.get(question) ?? []));
  const uses = new Map<string, number>();
  for (const name of named.flat()) uses.set(name, (uses.get(name) ?? 0) + 1);
  const kept = [...uses]
    .filter(([, count]) => count >= FEWEST_USES)
    .sort(([a, usesA], [b, usesB]) => usesB - usesA || (a < b ? -1 : 1))
    .slice(0, MOST_FEATURES - 1);
  const indexOf = new Map(kept.map(([name], index) => [name, index + 1]));
  const rows = named.map((names) => {
    const indexes = names.map((name) => indexOf.get(name)).filter((index) => index !== undefined);
    return Uint16Array.from([0, ...indexes]).sort();
  });
  return { size: kept.length + 1, rows };
}

function featureNames({ places }: AuditQuestion, words: readonly string[]): string[] {
  const entries = Object.entries(places);
  const labels = [...new Set(entries.map(([, label]) => label))].sort();
  const pairs = labels.flatMap((first, index) => labels.slice(index + 1).map((second) => `pair ${first}\n${second}`));
  return [
    ...entries.map(([place, label]) => `${place} ${label}`),
    ...labels.map((label) => `label ${label}`),
    ...pairs,
    ...words.map((word) => `word ${word}`),
  ];
}
