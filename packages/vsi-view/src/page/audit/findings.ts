import type { DatasetSplit } from "@vsi/dataset";
import type { AuditData, QuestionTable } from "../../data/contract.ts";

/** What the audit found in the questions of a type. */
export type TypeAudit = NonNullable<AuditData["splits"][DatasetSplit]>[number];

/** Which colour a verdict has; those that speak against the dataset are worst. */
export const VERDICT_TONES: Readonly<Record<TypeAudit["verdict"], "good" | "warn" | "bad" | "plain">> = {
  "gives the answer away": "bad",
  "below chance": "bad",
  "too few to tell": "warn",
  "plain knowledge": "plain",
  "near chance": "good",
};

/** The scores that a verdict rests on. */
export function scoresOf({ baselines, reference, shortcut, priorGain }: TypeAudit) {
  const scoreOf = (name: string | null) => baselines.find((baseline) => baseline.name === name)?.score ?? null;
  return {
    chance: baselines[0]?.score ?? null,
    known: priorGain === null ? null : scoreOf(reference),
    blind: scoreOf(shortcut),
  };
}

/** From here on a question counts as guessed; the list of questions has the same step. */
export const GUESSED = 0.9;

/** By type, how many questions of a split the strongest blind guess knows. */
export function guessedByType(
  { guessable }: AuditData,
  table: QuestionTable,
  split: number,
  types: number,
): Int32Array {
  const counts = new Int32Array(types);
  for (let row = 0; row < table.questions; row += 1) {
    const type = table.type[row] ?? -1;
    if (table.split[row] === split && type >= 0 && (guessable[row] ?? 0) >= GUESSED) {
      counts[type] = (counts[type] as number) + 1;
    }
  }
  return counts;
}

/** By split, how many questions each type has. */
export function questionsByType(table: QuestionTable, splits: number, types: number): Int32Array[] {
  const counts = Array.from({ length: splits }, () => new Int32Array(types));
  for (let row = 0; row < table.questions; row += 1) {
    const own = counts[table.split[row] ?? -1];
    const type = table.type[row] ?? -1;
    if (own !== undefined && type >= 0) own[type] = (own[type] as number) + 1;
  }
  return counts;
}

/** The right answers of a type's questions in a split, with how often each is right, the most frequent first. */
export function answersOf(table: QuestionTable, type: number, split: number): { answer: string; count: number }[] {
  const counts = new Map<string, number>();
  for (let row = 0; row < table.questions; row += 1) {
    if (table.type[row] !== type || table.split[row] !== split) continue;
    const answer = table.answer[row] ?? "";
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  return [...counts].map(([answer, count]) => ({ answer, count })).sort((a, b) => b.count - a.count);
}
