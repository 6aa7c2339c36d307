import type { AuditQuestion, QuestionGroup } from "../questions/auditQuestion.ts";
import type { GuessedGroup } from "../scores/guessGroup.ts";

/** How well the questions that name a label are guessed without looking. */
export interface BiasedLabel {
  label: string;
  questions: number;
  /** Mean score of the blind predictor, and of chance (the median, for numbers), 0 to 1. */
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

/** A label named in fewer questions tells of luck rather than bias. */
const FEWEST_QUESTIONS = 20;

const LISTED = 15;

/** The labels that give most away: by what the blind predictor gains over chance in all questions that name them. */
export function biasedLabels({ questions }: QuestionGroup, { guesses }: GuessedGroup): BiasedLabel[] {
  const chance = guesses[0];
  const blind = guesses.at(-1);
  if (chance === undefined || blind === undefined) return [];
  const sums = new Map<string, { questions: number; blind: number; chance: number }>();
  for (const [index, question] of questions.entries()) {
    for (const label of labelsOf(question)) {
      const sum = sums.get(label) ?? { questions: 0, blind: 0, chance: 0 };
      sums.set(label, sum);
      sum.questions += 1;
      sum.blind += blind.scores[index]!;
      sum.chance += chance.scores[index]!;
    }
  }
  return [...sums]
    .filter(([, sum]) => sum.questions >= FEWEST_QUESTIONS && sum.blind > sum.chance)
    .sort(([a, first], [b, second]) => second.blind - second.chance - first.blind + first.chance || (a < b ? -1 : 1))
    .slice(0, LISTED)
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
