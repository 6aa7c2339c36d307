import { type Guess, type Interval, meanByRoom, scoreAnswer } from "./answerScores.ts";
import { type BaselineName, type BaselineRole, baselinesOf, crossPredict } from "./baselines.ts";
import { blindChoices } from "./blindChoices.ts";
import { blindNumbers } from "./blindNumbers.ts";
import { type QuestionGroup, roomFolds } from "./questions.ts";

/**
 * What the audit says of a type. "plain knowledge" is for numbers alone: who knows how large sofas are scores well above the
 * median, which no choice of questions can prevent, but this dataset adds nothing to that.
 */
type Verdict = "gives the answer away" | "plain knowledge" | "near chance" | "too few to tell";

/**
 * Numbers guessed this well without looking are no knowledge of the world any more: they follow from the text. The sample
 * rooms' furniture, made in a few fixed sizes, comes to 0.88.
 */
const KNOWN_OUTRIGHT = 0.95;

export interface Judgement {
  verdict: Verdict;
  /** What shortcuts are held against: chance for choices, the best of the median and plain knowledge for numbers; null without guesses. */
  reference: BaselineName | null;
  /** The shortcut that is best; null without guesses. */
  shortcut: BaselineName | null;
  /** By how much the shortcut beats the reference, question by question; null without guesses. */
  excess: Interval | null;
  /** By how much plain knowledge of how large things are beats the median; null for choices. No shortcut: it holds in every room. */
  priorGain: Interval | null;
}

/** Judges a type by its guesses; the verdict's rules stand in `verdictOf`. */
export function judgeGroup({ guesses }: GuessedGroup, rooms: readonly string[], limit: number): Judgement {
  const chance = guesses[0];
  if (chance === undefined) {
    return { verdict: "too few to tell", reference: null, shortcut: null, excess: null, priorGain: null };
  }
  const reference = bestOf(guesses.filter(({ role }) => role !== "shortcut"));
  const shortcut = bestOf(guesses.filter(({ role }) => role === "shortcut"));
  const excess = meanByRoom(differences(shortcut, reference), rooms);
  const priorGain = chance.answers === null ? null : meanByRoom(differences(reference, chance), rooms);
  const isKnownOutright = priorGain !== null && sumOf(reference) >= KNOWN_OUTRIGHT * rooms.length;
  const verdict = isKnownOutright ? "gives the answer away" : verdictOf(excess, priorGain, limit);
  return { verdict, reference: reference.name, shortcut: shortcut.name, excess, priorGain };
}

/** Over the limit, and by more than luck; else too few questions when luck alone could pass the limit. */
function verdictOf(excess: Interval, priorGain: Interval | null, limit: number): Verdict {
  if (isOver(excess, limit)) return "gives the answer away";
  if (excess.low === null || excess.mean - excess.low > limit) return "too few to tell";
  return priorGain !== null && isOver(priorGain, limit) ? "plain knowledge" : "near chance";
}

function isOver({ mean, low }: Interval, limit: number): boolean {
  return mean > limit && low !== null && low > 0;
}

/** Question by question, by how much the first way is better. */
export function differences(first: Guesses, second: Guesses): Float64Array {
  return first.scores.map((score, index) => score - second.scores[index]!);
}

/** The way with the highest score; of equal ones the first. */
function bestOf(ways: readonly Guesses[]): Guesses {
  return ways.reduce((best, way) => (sumOf(way) > sumOf(best) ? way : best));
}

function sumOf({ scores }: Guesses): number {
  return scores.reduce((sum, score) => sum + score, 0);
}

/** One way to guess at all questions of a group. */
export interface Guesses {
  name: BaselineName;
  role: BaselineRole;
  /** One a question; null for chance among candidates, which is no single guess. */
  answers: readonly Guess[] | null;
  /** What each is worth, 0 to 1. */
  scores: Float64Array;
}

/** Where every answer in use is "left", one could still have said something else: chance is not certain of it. */
const FEWEST_CANDIDATES = 2;

export interface GuessedGroup {
  /** Chance first, the blind predictor last. Empty for questions about fewer than two rooms: nothing can be held out. */
  guesses: Guesses[];
  /** How much the blind predictor believed in the right answer: its share among candidates, or the score of its number. */
  beliefs: Float64Array;
}

/**
 * Guesses at every question in every way that suits the group, each learnt from other rooms alone.
 *
 * @param partition the name that draws which rooms are held out together.
 */
export function guessGroup(group: QuestionGroup, partition: string): GuessedGroup {
  const { questions, kind } = group;
  const rooms = questions.map(({ room }) => room);
  if (new Set(rooms).size < 2) return { guesses: [], beliefs: new Float64Array(0) };
  const folds = roomFolds(rooms, partition);
  const scored = (name: BaselineName, role: BaselineRole, answers: readonly Guess[]): Guesses => {
    const scores = Float64Array.from(answers, (answer, index) => scoreAnswer(answer, questions[index]!));
    return { name, role, answers, scores };
  };
  const simple = baselinesOf(group).map(({ name, role, fit }) =>
    scored(name, role, crossPredict(fit, questions, folds)),
  );
  if (kind === "number") {
    const blind = scored("blind predictor", "shortcut", blindNumbers(questions, folds));
    return { guesses: [...simple, blind], beliefs: blind.scores };
  }
  const chances = Float64Array.from(questions, ({ candidates }) => 1 / Math.max(FEWEST_CANDIDATES, candidates.length));
  const chance: Guesses = { name: "chance", role: "chance", answers: null, scores: chances };
  const choices = blindChoices(questions, folds);
  const blind = scored(
    "blind predictor",
    "shortcut",
    choices.map(({ answer }) => answer),
  );
  return { guesses: [chance, ...simple, blind], beliefs: Float64Array.from(choices, ({ belief }) => belief) };
}
