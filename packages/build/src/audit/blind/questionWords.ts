import type { AuditQuestion } from "../questions/auditQuestion.ts";

/** 48: a route's text, the longest, has about as many different words; more of a foreign question would only cost time. */
const MOST_WORDS = 48;

/**
 * The words that tell questions of a kind apart, for wordings that are not ours: each once, in lower case, without those that
 * stand in every question.
 */
export function questionWords(questions: readonly AuditQuestion[]): string[][] {
  const words = questions.map(({ text }) => [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])]);
  const uses = new Map<string, number>();
  for (const word of words.flat()) uses.set(word, (uses.get(word) ?? 0) + 1);
  return words.map((own) => own.filter((word) => uses.get(word) !== questions.length).slice(0, MOST_WORDS));
}
