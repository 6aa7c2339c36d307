import type { QuestionGroup } from "../questions/auditQuestion.ts";
import type { GuessedGroup } from "../scores/guessGroup.ts";

/** A question that the blind predictor knows the answer of. */
export interface BiasedQuestion {
  id: string;
  text: string;
  truth: string;
  /** How much the right answer was believed in, 0 to 1: its share among candidates, or the score of the guessed number. */
  belief: number;
  /** By how much that is better than chance. */
  gain: number;
}

/** Enough to see a pattern; --json of a page with all of them would be the dataset once more. */
const LISTED = 10;

/**
 * The questions that carry the most bias: those whose right answer the blind predictor is surest of, against chance. Rooms that
 * are asked the same and answer the same stand for one another: the one with the smallest id is listed.
 */
export function biasedQuestions({ questions }: QuestionGroup, { guesses, beliefs }: GuessedGroup): BiasedQuestion[] {
  const chance = guesses[0]?.scores;
  if (chance === undefined) return [];
  const ranked = questions
    .map(({ id, text, truth }, index) => {
      const belief = beliefs[index]!;
      return { id, text, truth, belief, gain: belief - chance[index]! };
    })
    .sort((a, b) => b.gain - a.gain || (a.id < b.id ? -1 : 1));
  const listed = new Map<string, BiasedQuestion>();
  for (const question of ranked) {
    const asked = `${question.text}\n${question.truth}`;
    if (!listed.has(asked)) listed.set(asked, question);
    if (listed.size === LISTED) break;
  }
  return [...listed.values()];
}
