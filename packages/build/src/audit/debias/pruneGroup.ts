import type { AuditOptions } from "../auditOptions.ts";
import type { QuestionGroup } from "../questions/auditQuestion.ts";
import { type GuessedGroup, guessGroup } from "../scores/guessGroup.ts";
import { differences, type Judgement, judgeGroup } from "../scores/judgeGroup.ts";

/** Each round drops this part of what seems needed: what is left must be guessed at anew, as the answers' balance has shifted. */
const PART_OF_NEEDED = 0.5;

/** And at least this share of the questions, so that the last steps do not take for ever. */
const SMALLEST_STEP = 0.002;

/** Aimed a little below the limit, for the same reason. */
const AIM = 0.9;

/** Halving what is too much, 40 rounds are far more than are ever needed; stops what would not end. */
const MOST_ROUNDS = 40;

/** A type that would lose more than this is emptied rather than debiased: it stays as it is. */
const LARGEST_LOSS = 0.9;

/** What pruning did to the questions of one type. */
export interface PrunedGroup {
  /** Ids of the questions to drop, with the type's excess in the round that dropped each. */
  dropped: Map<string, number>;
  before: Judgement;
  /** After the last round; as `before` when nothing was dropped. */
  after: Judgement;
  /** Whether the best shortcut is now under the limit. Numbers that follow from the text outright cannot be helped by dropping. */
  reached: boolean;
}

/**
 * Drops questions until the best shortcut beats the reference by no more than the limit: in every round those that it gains
 * most by, the blind predictor's surest first (Iterative Bias Pruning, Brown et al., arXiv 2511.04655). Knowledge of how
 * large things are is no shortcut and is left alone.
 *
 * Every round holds rooms out in another way than the audit does: what was dropped for one way of holding out looks better
 * in that way than in any other. It is done when the audit's own way and the round's are both under the limit.
 */
export function pruneGroup(group: QuestionGroup, { seed, limit }: AuditOptions): PrunedGroup {
  const dropped = new Map<string, number>();
  let left = group;
  const before = judged(group, String(seed), limit).judgement;
  let after = before;
  const isUnder = ({ excess }: Judgement): boolean => excess === null || excess.mean <= limit;
  for (let round = 1; round <= MOST_ROUNDS && !(dropped.size === 0 && isUnder(after)); round++) {
    const { guessed, judgement } = judged(left, `${seed}/${round}`, limit);
    if (isUnder(after) && isUnder(judgement)) break;
    const going = questionsToDrop(left, guessed, judgement, limit);
    for (const place of going) dropped.set(left.questions[place]!.id, judgement.excess?.mean ?? 0);
    if (dropped.size > LARGEST_LOSS * group.questions.length) {
      return { dropped: new Map(), before, after: before, reached: false };
    }
    left = { ...left, questions: left.questions.filter((_, place) => !going.has(place)) };
    after = judged(left, String(seed), limit).judgement;
  }
  return { dropped, before, after, reached: isUnder(after) && after.verdict !== "gives the answer away" };
}

/** All guesses at a group's questions, and the verdict on them. */
function judged(
  group: QuestionGroup,
  partition: string,
  limit: number,
): { guessed: GuessedGroup; judgement: Judgement } {
  const guessed = guessGroup(group, partition);
  const rooms = group.questions.map(({ room }) => room);
  return { guessed, judgement: judgeGroup(guessed, rooms, limit) };
}

/** Places of the questions that go in this round. */
function questionsToDrop(
  { questions }: QuestionGroup,
  { guesses, beliefs }: GuessedGroup,
  { reference, shortcut }: Judgement,
  limit: number,
): Set<number> {
  const wayByName = new Map(guesses.map((way) => [way.name, way]));
  const gains = differences(wayByName.get(shortcut!)!, wayByName.get(reference!)!);
  // To drop a question that gains less than the limit would raise the mean of the others.
  const ranked = [...questions.keys()]
    .filter((place) => gains[place]! > limit)
    .sort(
      (a, b) => gains[b]! - gains[a]! || beliefs[b]! - beliefs[a]! || (questions[a]!.id < questions[b]!.id ? -1 : 1),
    );
  let excess = gains.reduce((sum, gain) => sum + gain, 0);
  let needed = 0;
  while (needed < ranked.length && excess > AIM * limit * (questions.length - needed)) {
    excess -= gains[ranked[needed]!]!;
    needed += 1;
  }
  const step = Math.max(Math.ceil(needed * PART_OF_NEEDED), Math.ceil(questions.length * SMALLEST_STEP));
  return new Set(ranked.slice(0, step));
}
