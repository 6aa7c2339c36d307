import { type RandomGenerator, randomStream, shuffled } from "@vsi/dataset";
import { at, balancedSequence, quantile } from "@vsi/dataset/internal";
import { remembered } from "../remembered.ts";
import { sectorWords } from "../scene/directions.ts";
import {
  DIRECTION_SECTORS,
  type DirectionPick,
  type DirectionPool,
  type DirectionType,
} from "../types/objectRelDirection.ts";
import { learnWords, shareOf, type WordScore } from "./blindModels.ts";
import { type FoldedScan, MOST_EXAMPLES, type PickInput, thinExamples } from "./folds.ts";
import { nearestToChance, type TriedQuestion } from "./tries.ts";

/** Triples of a scan and answer that teach. */
const TAUGHT_TRIPLES = 8;

type Triple = DirectionPool["triples"][number];

const NO_POOL: DirectionPool = { labels: {}, triples: [] };

/** What blind models guess about the rooms of one fold: by the three objects alone, and by their pairs too. */
interface Guess {
  byObjects: WordScore;
  byPairs: WordScore;
}

/** A triple that may be picked. */
interface Candidate {
  triple: Triple;
  /** The same for its mirror image, whose answer it gives away: of the two one is picked. */
  pair: string;
  /**
   * The rows of the table that it counts in: its scan's, so that leaving a room out leaves the others even; and one for
   * each answer and model, by how likely the model thinks it, or one for the split where there is no model.
   */
  rows: readonly number[];
}

/** What was picked of a scan. */
interface ScanPicks {
  scan: FoldedScan;
  candidates: readonly Candidate[];
  taken: Candidate[];
}

/** Times that every pick is made again with all others known. */
const ROUNDS = 3;

/**
 * How far an answer may be ahead of the others' mean, summed over its rows: a question or so in each. Evened out to the
 * last, the rooms that a model learns from would lack what the one it guesses at has.
 */
const MOST_AHEAD = 8;

/** What is left out in one pass: what is ahead by more than this share of the farthest. */
const NEXT_LIMIT = 0.9;

/**
 * Triples of every scan, so that over a split every answer is as often right as the others, however likely a blind model
 * thinks it: logistic regression over the three objects, and over their pairs too. Round by round each scan gives one,
 * then each is picked again; what is still ahead is left out.
 */
export function pickDirections(
  type: DirectionType,
  { scans, folds, seed }: PickInput,
): [scanId: string, picks: DirectionPick[]][] {
  const words = sectorWords(DIRECTION_SECTORS[type]);
  const guesses = folds.map((fold) =>
    learn(
      type,
      words,
      scans.filter((scan) => scan.fold !== fold),
    ),
  );
  const { candidates, rows } = candidatesOf(scans, guesses, type, words);
  const pickIn = (attempt: number): ScanPicks[] => {
    const table = new AnswerTable(words.length, rows);
    const offers = scans.map((scan, place): ScanPicks => ({ scan, candidates: at(candidates, place), taken: [] }));
    const random = randomStream([seed, "balance", type, "try", attempt]);
    const ordered = attempt === 0 ? offers : shuffled(random, offers);
    takeTurns(type, ordered, table);
    for (let round = 0; round < ROUNDS; round += 1) takeAgain(ordered, table);
    leaveOutAhead(ordered, table, random);
    return offers;
  };
  // What is picked in several tries is put into words once.
  const tried = new Map<Candidate, TriedQuestion>();
  const offers = nearestToChance(folds, pickIn, (picks) =>
    picks.flatMap(({ scan, taken }) =>
      taken.map((candidate) => remembered(tried, candidate, () => triedQuestion(scan, candidate, type, words))),
    ),
  );
  return offers.map(({ scan, taken }) => {
    const places = balancedSequence(randomStream([seed, "balance", type, scan.scanId]), [...words.keys()]);
    const picks = taken.map(
      ({ triple }): DirectionPick => ({ question_type: type, ids: triple.ids, place: places.next().value }),
    );
    return [scan.scanId, picks];
  });
}

/** What was picked of a scan, as either model sees it. */
function triedQuestion(
  scan: FoldedScan,
  { triple }: Candidate,
  type: DirectionType,
  words: readonly string[],
): TriedQuestion {
  const { labels } = scan.pool[type] ?? NO_POOL;
  return {
    fold: scan.fold,
    examples: [objectWords, pairWords].map((wordsOf) => ({
      alternatives: words.map((word) => wordsOf(triple, labels, word)),
      right: triple.word,
    })),
  };
}

/** How often each answer was taken, in rows. */
class AnswerTable {
  readonly #answers: number;
  /** Row by row, the answers' counts. */
  readonly #counts: Int32Array;
  readonly #totals: Int32Array;

  constructor(answers: number, rows: number) {
    this.#answers = answers;
    this.#counts = new Int32Array(answers * rows);
    this.#totals = new Int32Array(rows);
  }

  add({ rows, triple: { word } }: Candidate, times: 1 | -1): void {
    for (const row of rows) {
      const place = row * this.#answers + word;
      this.#counts[place] = at(this.#counts, place) + times;
      this.#totals[row] = at(this.#totals, row) + times;
    }
  }

  /** By how much a candidate's answer is ahead of the mean of all answers, summed over its rows. */
  ahead({ rows, triple: { word } }: Candidate): number {
    let ahead = 0;
    for (const row of rows) {
      ahead += at(this.#counts, row * this.#answers + word) - at(this.#totals, row) / this.#answers;
    }
    return ahead;
  }
}

/** Each answer teaches as often as the others: what is picked has them equally often. */
function learn(type: DirectionType, words: readonly string[], scans: readonly FoldedScan[]): Guess {
  const taught = scans.flatMap(({ pool }) => {
    const { labels, triples } = pool[type] ?? NO_POOL;
    return words.flatMap((_, word) => {
      const same = triples.filter((triple) => triple.word === word).slice(0, TAUGHT_TRIPLES);
      return same.map((triple) => ({ triple, labels }));
    });
  });
  const byWord = words.map((_, word) => taught.filter(({ triple }) => triple.word === word));
  const rarest = Math.min(...byWord.map(({ length }) => length));
  const balanced = byWord.flatMap((same) => thinExamples(same, rarest));
  const exampleOf = (wordsOf: typeof objectWords) => (example: (typeof balanced)[number]) => ({
    alternatives: words.map((word) => wordsOf(example.triple, example.labels, word)),
    right: example.triple.word,
  });
  const examples = thinExamples(balanced, MOST_EXAMPLES);
  return {
    byObjects: learnWords(examples.map(exampleOf(objectWords))),
    byPairs: learnWords(examples.map(exampleOf(pairWords))),
  };
}

/** The three objects, each with the answer that it would speak for. */
function objectWords({ ids }: Triple, labels: DirectionPool["labels"], answer: string): string[] {
  const [positioning, orienting, querying] = ids.map((id) => labels[id] ?? "");
  return [answer, `${answer}\np ${positioning}`, `${answer}\no ${orienting}`, `${answer}\nq ${querying}`];
}

function pairWords(triple: Triple, labels: DirectionPool["labels"], answer: string): string[] {
  const [positioning, orienting, querying] = triple.ids.map((id) => labels[id] ?? "");
  return [
    ...objectWords(triple, labels, answer),
    `${answer}\npo ${positioning}\n${orienting}`,
    `${answer}\npq ${positioning}\n${querying}`,
    `${answer}\noq ${orienting}\n${querying}`,
  ];
}

/** How likely each answer is by each model, from 0 to 1; none where there is nothing to learn from. */
function likelihoods(
  triple: Triple,
  words: readonly string[],
  labels: DirectionPool["labels"],
  guess: Guess | undefined,
): number[] {
  if (guess === undefined) return [];
  return [
    ...shareOf(words.map((word) => guess.byObjects(objectWords(triple, labels, word)))),
    ...shareOf(words.map((word) => guess.byPairs(pairWords(triple, labels, word)))),
  ];
}

/** Questions per class of likelihood and answer: with fewer, classes would be even only by force. */
const QUESTIONS_PER_ANSWER = 100;
const MOST_CLASSES = 8;

/** Every scan's candidates, and how many rows they count in. Classes of likelihood hold equally many candidates. */
function candidatesOf(
  scans: readonly FoldedScan[],
  guesses: readonly Guess[],
  type: DirectionType,
  words: readonly string[],
): { candidates: Candidate[][]; rows: number } {
  const expected = scans.reduce(
    (sum, { pool, limitOf }) => sum + Math.min(limitOf(type), pool[type]?.triples.length ?? 0),
    0,
  );
  const classes = Math.max(2, Math.min(MOST_CLASSES, Math.round(expected / (QUESTIONS_PER_ANSWER * words.length))));
  const likely = scans.map(({ pool, fold }) => {
    const { labels, triples } = pool[type] ?? NO_POOL;
    return triples.map((triple) => ({ triple, values: likelihoods(triple, words, labels, guesses[fold]) }));
  });
  const all = likely.flat();
  const bounds = (all[0]?.values ?? []).map((_, model) => {
    const sorted = Float64Array.from(all, ({ values }) => at(values, model)).sort();
    return Array.from({ length: classes - 1 }, (_, bound) => quantile(sorted, (bound + 1) / classes));
  });
  const rowsByName = new Map<string, number>();
  const rowOf = (name: string) => {
    const row = rowsByName.get(name) ?? rowsByName.size;
    rowsByName.set(name, row);
    return row;
  };
  const candidates = scans.map(({ scanId, split }, place) =>
    at(likely, place).map(({ triple, values }): Candidate => {
      const classesOf = values.map((value, model) => at(bounds, model).filter((bound) => value > bound).length);
      const names = classesOf.length === 0 ? [split] : classesOf.map((above, model) => `${split} ${model} ${above}`);
      const [positioning, ...others] = triple.ids;
      const pair = `${positioning} ${Math.min(...others)} ${Math.max(...others)}`;
      return { triple, pair, rows: [`scan ${scanId}`, ...names].map(rowOf) };
    }),
  );
  return { candidates, rows: rowsByName.size };
}

/**
 * Of the candidates, the one whose answer is the least ahead; of several the first. Those whose pair is closed, for they or
 * their mirror images are taken, do not count.
 *
 * @param standing comes before the candidates, whatever is closed.
 */
function leastAhead(
  candidates: readonly Candidate[],
  closed: ReadonlySet<string>,
  table: AnswerTable,
  standing?: Candidate,
): Candidate | undefined {
  let best = standing;
  let least = standing === undefined ? Number.POSITIVE_INFINITY : table.ahead(standing);
  for (const candidate of candidates) {
    if (closed.has(candidate.pair)) continue;
    const ahead = table.ahead(candidate);
    if (ahead < least) [best, least] = [candidate, ahead];
  }
  return best;
}

function pairsOf(taken: readonly Candidate[]): Set<string> {
  return new Set(taken.map(({ pair }) => pair));
}

/** Round by round each scan gives one more, until it has as many as its limit. */
function takeTurns(type: DirectionType, offers: readonly ScanPicks[], table: AnswerTable): void {
  const most = Math.max(0, ...offers.map(({ candidates }) => candidates.length));
  for (let round = 0; round < most; round += 1) {
    for (const { scan, candidates, taken } of offers) {
      if (round >= candidates.length || round >= scan.limitOf(type)) continue;
      const best = leastAhead(candidates, pairsOf(taken), table);
      if (best === undefined) continue;
      table.add(best, 1);
      taken.push(best);
    }
  }
}

/** Picks each again, with all others known. */
function takeAgain(offers: readonly ScanPicks[], table: AnswerTable): void {
  for (const { candidates, taken } of offers) {
    // No two that are taken have one pair.
    const pairs = pairsOf(taken);
    for (const [place, before] of taken.entries()) {
      table.add(before, -1);
      pairs.delete(before.pair);
      const best = leastAhead(candidates, pairs, table, before) ?? before;
      pairs.add(best.pair);
      table.add(best, 1);
      taken[place] = best;
    }
  }
}

/**
 * As long as an answer is ahead by more than it may, questions that have it are left out: those that are the farthest
 * ahead first, then less and less far, in random order.
 */
function leaveOutAhead(offers: readonly ScanPicks[], table: AnswerTable, random: RandomGenerator): void {
  let kept = shuffled(
    random,
    offers.flatMap(({ taken }) => taken.map((candidate) => ({ taken, candidate }))),
  );
  for (;;) {
    const farthest = kept.reduce((most, { candidate }) => Math.max(most, table.ahead(candidate)), 0);
    if (farthest <= MOST_AHEAD) return;
    const limit = Math.max(MOST_AHEAD, farthest * NEXT_LIMIT);
    kept = kept.filter(({ taken, candidate }) => {
      if (table.ahead(candidate) <= limit) return true;
      table.add(candidate, -1);
      taken.splice(taken.indexOf(candidate), 1);
      return false;
    });
  }
}
