import { at } from "@vsi/dataset/internal";
import { beliefsIn, type GuessedGroup, strongestOf } from "./guesses.ts";
import type { AuditQuestion, QuestionGroup } from "./questions.ts";

/** How well the questions that name a label are guessed without looking. */
export interface BiasedLabel {
  label: string;
  questions: number;
  /** Mean score of the best shortcut, and of chance (the median, for sizes and distances), 0 to 1. */
  blind: number;
  chance: number;
}

/** The places of the wordings that hold labels; the others hold frame numbers and a route's steps. */
const LABEL_PLACES = [
  "category",
  "a",
  "b",
  "c",
  "d",
  "positioning",
  "orienting",
  "querying",
  "start",
  "facing",
  "destination",
] as const;

/** With fewer questions, a label's excess is chance rather than bias. */
const FEWEST_QUESTIONS = 20;

const LISTED_LABELS = 15;

/** The labels that give most away, by the best shortcut's gain over chance in the questions that name them. */
export function biasedLabels({ questions }: QuestionGroup, { guesses }: GuessedGroup): BiasedLabel[] {
  const chance = guesses[0];
  const blind = strongestOf(guesses.filter(({ role }) => role === "shortcut"));
  if (chance === undefined || blind === null) return [];
  const sums = new Map<string, { questions: number; blind: number; chance: number }>();
  for (const [index, question] of questions.entries()) {
    for (const label of labelsOf(question)) {
      const sum = sums.get(label) ?? { questions: 0, blind: 0, chance: 0 };
      sums.set(label, sum);
      sum.questions += 1;
      sum.blind += at(blind.scores, index);
      sum.chance += at(chance.scores, index);
    }
  }
  return [...sums]
    .filter(([, sum]) => sum.questions >= FEWEST_QUESTIONS && sum.blind > sum.chance)
    .sort(([a, first], [b, second]) => second.blind - second.chance - first.blind + first.chance || (a < b ? -1 : 1))
    .slice(0, LISTED_LABELS)
    .map(([label, sum]) => ({
      label,
      questions: sum.questions,
      blind: sum.blind / sum.questions,
      chance: sum.chance / sum.questions,
    }));
}

function labelsOf({ places }: AuditQuestion): Set<string> {
  return new Set(LABEL_PLACES.map((place) => places[place]).filter((label) => label !== undefined));
}

/** A question whose answer a blind predictor knows. */
export interface BiasedQuestion {
  id: string;
  text: string;
  truth: string;
  /** Belief in the right answer, 0 to 1: its share among the candidates, or the score of the guessed number. */
  belief: number;
  /** By how much that is better than chance. */
  gain: number;
}

/** Enough to see a pattern; listing all of them would repeat the dataset. */
const LISTED_QUESTIONS = 10;

/**
 * The most biased questions: those whose right answer the best predictor with degrees of belief is surest of, compared with chance. Of the
 * same question with the same answer in several rooms, the one with the smallest id is listed.
 */
export function biasedQuestions({ questions }: QuestionGroup, guessed: GuessedGroup): BiasedQuestion[] {
  const chance = guessed.guesses[0]?.scores;
  if (chance === undefined) return [];
  const beliefs = beliefsIn(guessed);
  const ranked = questions
    .map(({ id, text, truth }, index) => {
      const belief = at(beliefs, index);
      return { id, text, truth, belief, gain: belief - at(chance, index) };
    })
    .sort((a, b) => b.gain - a.gain || (a.id < b.id ? -1 : 1));
  const listed = new Map<string, BiasedQuestion>();
  for (const question of ranked) {
    const asked = `${question.text}\n${question.truth}`;
    if (!listed.has(asked)) listed.set(asked, question);
    if (listed.size === LISTED_QUESTIONS) break;
  }
  return [...listed.values()];
}
