import { type RandomGenerator, randomStream, shuffled } from "@vsi/dataset";
import { at, balancedSequence, quantile } from "@vsi/dataset/internal";
import { sectorWords } from "../scene/directions.ts";
import {
  DIRECTION_SECTORS,
  type DirectionPick,
  type DirectionPool,
  type DirectionType,
} from "../types/objectRelDirection.ts";
import { learnWords, Numbers, scoresOf, shareOf, type WordExamples } from "./blindModels.ts";
import { type FoldedScan, MOST_EXAMPLES, type PickInput, thinExamples } from "./folds.ts";
import { nearestToChance } from "./tries.ts";

/** Triples of a scan and answer that teach. */
const TAUGHT_TRIPLES = 8;

const NO_POOL: DirectionPool = { labels: {}, ids: [], answers: [] };

/**
 * All scans' triples in a row. A triple is its place there: of 1,500 scans there are a hundred thousand, each looked at
 * hundreds of times.
 */
interface Triples {
  /** Where each scan's triples begin, and where the last one's end. */
  starts: readonly number[];
  /** The ids of each triple's three objects. */
  ids: Float64Array;
  /** The fold of each triple's room. */
  folds: Int32Array;
  /** The triples as two blind models see them: the three objects alone, and their pairs too. */
  models: readonly WordExamples[];
}

/** What a triple counts in, and what it excludes. */
interface Candidates {
  /**
   * Of each triple, the cells of the table that its answer counts in, one a row: its scan's, so that leaving a room out
   * leaves the others even; and one for each answer and model, by how likely the model thinks it, or one for the split
   * where there is no model.
   */
  cells: Int32Array;
  cellsPerTriple: number;
  rows: number;
  /** The same number for a triple and its mirror image, whose answer it gives away: of the two one is picked. */
  pairs: Int32Array;
}

/** What was picked of a scan. */
interface ScanPicks {
  scan: FoldedScan;
  /** Its triples. */
  from: number;
  to: number;
  taken: number[];
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
  const { length: answers } = sectorWords(DIRECTION_SECTORS[type]);
  const all = numberTriples(type, scans, answers);
  const { starts, ids, models } = all;
  const candidates = candidatesOf(type, scans, all, learn(scans, folds, all), answers);
  const pickIn = (attempt: number): ScanPicks[] => {
    const table = new AnswerTable(candidates, answers);
    const offers = scans.map(
      (scan, place): ScanPicks => ({ scan, from: at(starts, place), to: at(starts, place + 1), taken: [] }),
    );
    const random = randomStream([seed, "balance", type, "try", attempt]);
    const ordered = attempt === 0 ? offers : shuffled(random, offers);
    takeTurns(type, ordered, table);
    for (let round = 0; round < ROUNDS; round += 1) takeAgain(ordered, table);
    leaveOutAhead(ordered, table, random);
    return offers;
  };
  const tried = { models, foldOf: all.folds };
  const offers = nearestToChance(folds, tried, pickIn, (picks) => picks.flatMap(({ taken }) => taken));
  return offers.map(({ scan, taken }) => {
    const places = balancedSequence(randomStream([seed, "balance", type, scan.scanId]), [...Array(answers).keys()]);
    const picks = taken.map(
      (triple): DirectionPick => ({
        question_type: type,
        ids: [ids[3 * triple], ids[3 * triple + 1], ids[3 * triple + 2]],
        place: places.next().value,
      }),
    );
    return [scan.scanId, picks];
  });
}

/** Words of an answer as a model sees a triple: the answer, and each of the three objects with it. */
const OBJECT_WORDS = 4;
/** And each pair of them. */
const PAIR_WORDS = 7;

/** The three objects, each with the answer that it would speak for; and beside them their pairs. */
function numberTriples(type: DirectionType, scans: readonly FoldedScan[], answers: number): Triples {
  const pools = scans.map(({ pool }) => pool[type] ?? NO_POOL);
  const starts = [0];
  for (const pool of pools) starts.push(at(starts, starts.length - 1) + pool.answers.length);
  const count = starts[scans.length];
  const labels = new Numbers<string>();
  const labelsOf = new Int32Array(3 * count);
  const ids = new Float64Array(3 * count);
  const folds = new Int32Array(count);
  const right = new Int32Array(count);
  for (const [scan, pool] of pools.entries()) {
    const start = starts[scan];
    ids.set(pool.ids, 3 * start);
    right.set(pool.answers, start);
    folds.fill(scans[scan].fold, start, starts[scan + 1]);
    for (let place = 3 * start; place < 3 * starts[scan + 1]; place += 1) {
      labelsOf[place] = labels.of(pool.labels[ids[place]] ?? "");
    }
  }
  const pairs = new Numbers<number>();
  const words = new Int32Array(count * PAIR_WORDS);
  const { count: labelCount } = labels;
  const pairOf = (roles: number, one: number, other: number) =>
    1 + 3 * labelCount + pairs.of((roles * labelCount + one) * labelCount + other);
  for (let triple = 0; triple < count; triple += 1) {
    const [positioning, orienting, querying] = [0, 1, 2].map((role) => labelsOf[3 * triple + role]);
    const from = triple * PAIR_WORDS;
    // Left at 0: the answer by itself.
    words[from + 1] = 1 + positioning;
    words[from + 2] = 1 + labelCount + orienting;
    words[from + 3] = 1 + 2 * labelCount + querying;
    words[from + 4] = pairOf(0, positioning, orienting);
    words[from + 5] = pairOf(1, positioning, querying);
    words[from + 6] = pairOf(2, orienting, querying);
    // Room for each answer's place.
    for (let place = from; place < from + PAIR_WORDS; place += 1) words[place] *= answers;
  }
  const wordCount = (1 + 3 * labelCount) * answers;
  const seen = { answers, words, questionStep: PAIR_WORDS, answerStep: 0, right };
  return {
    starts,
    ids,
    folds,
    models: [
      { ...seen, wordCount, wordsPerAnswer: OBJECT_WORDS },
      { ...seen, wordCount: wordCount + pairs.count * answers, wordsPerAnswer: PAIR_WORDS },
    ],
  };
}

/** What the models know that learnt from the rooms of all other folds: by fold the words' weights, model by model. */
type Guess = readonly Float64Array[];

/** Each answer teaches as often as the others: what is picked has them equally often. */
function learn(scans: readonly FoldedScan[], folds: readonly number[], { starts, models }: Triples): Guess[] {
  const [{ answers, right }] = models;
  const taught = scans.map((_, scan) =>
    Array.from({ length: answers }, (_, answer) => {
      const same: number[] = [];
      for (let triple = starts[scan]; triple < starts[scan + 1] && same.length < TAUGHT_TRIPLES; triple += 1) {
        if (right[triple] === answer) same.push(triple);
      }
      return same;
    }),
  );
  return folds.map((fold) => {
    const others = taught.filter((_, scan) => scans[scan].fold !== fold);
    const byAnswer = Array.from({ length: answers }, (_, answer) => others.flatMap((ofScan) => ofScan[answer]));
    const rarest = Math.min(...byAnswer.map(({ length }) => length));
    const balanced = byAnswer.flatMap((same) => thinExamples(same, rarest));
    const examples = thinExamples(balanced, MOST_EXAMPLES);
    return models.map((model) => learnWords(model, examples));
  });
}

/**
 * How likely each answer of each triple is by each model, from 0 to 1: a list for each model and answer, in the order of
 * the triples. Model by model, as the lists of all are the most that lies in memory here.
 */
function* likelihoods({ folds, models }: Triples, guesses: readonly Guess[]): Generator<Float64Array, void> {
  for (const [place, model] of models.entries()) {
    const lists = Array.from({ length: model.answers }, () => new Float64Array(folds.length));
    for (let triple = 0; triple < folds.length; triple += 1) {
      const shares = shareOf(scoresOf(model, guesses[folds[triple]][place], triple));
      for (const [answer, share] of shares.entries()) lists[answer][triple] = share;
    }
    yield* lists;
  }
}

/** Questions per class of likelihood and answer: with fewer, classes would be even only by force. */
const QUESTIONS_PER_ANSWER = 100;
const MOST_CLASSES = 8;

/** What every triple counts in. Classes of likelihood hold equally many triples. */
function candidatesOf(
  type: DirectionType,
  scans: readonly FoldedScan[],
  all: Triples,
  guesses: readonly Guess[],
  answers: number,
): Candidates {
  const { starts, ids, models } = all;
  const [{ right }] = models;
  const expected = scans.reduce(
    (sum, { limitOf }, scan) => sum + Math.min(limitOf(type), starts[scan + 1] - starts[scan]),
    0,
  );
  const classes = Math.max(2, Math.min(MOST_CLASSES, Math.round(expected / (QUESTIONS_PER_ANSWER * answers))));
  // Nothing to learn from, or to guess at.
  const isUnknown = guesses.length === 0 || right.length === 0;
  const splits = new Numbers<string>();
  const splitOf = scans.map(({ split }) => splits.of(split));
  const cellsPerTriple = 1 + (isUnknown ? 1 : models.length * answers);
  const cells = new Int32Array(right.length * cellsPerTriple);
  const setCell = (triple: number, place: number, row: number) => {
    cells[triple * cellsPerTriple + place] = row * answers + right[triple];
  };
  const forEach = (visit: (triple: number, scan: number) => void) => {
    for (let scan = 0; scan < scans.length; scan += 1) {
      for (let triple = starts[scan]; triple < starts[scan + 1]; triple += 1) visit(triple, scan);
    }
  };
  forEach((triple, scan) => setCell(triple, 0, scan));
  let rows = scans.length;
  if (isUnknown) {
    forEach((triple, scan) => setCell(triple, 1, rows + splitOf[scan]));
    rows += splits.count;
  }
  let place = 1;
  for (const shares of isUnknown ? [] : likelihoods(all, guesses)) {
    const sorted = shares.toSorted();
    const bounds = Array.from({ length: classes - 1 }, (_, bound) => quantile(sorted, (bound + 1) / classes));
    forEach((triple, scan) => {
      let above = 0;
      while (above < bounds.length && shares[triple] > bounds[above]) above += 1;
      setCell(triple, place, rows + splitOf[scan] * classes + above);
    });
    rows += splits.count * classes;
    place += 1;
  }
  const pairs = new Int32Array(right.length);
  let before = 0;
  for (let scan = 0; scan < scans.length; scan += 1) {
    // Scan by scan, so that the keys of 1,500 scans, which are texts, are not in memory at a time.
    const numbers = new Numbers<string>();
    for (let triple = starts[scan]; triple < starts[scan + 1]; triple += 1) {
      const [one, other] = [ids[3 * triple + 1], ids[3 * triple + 2]];
      pairs[triple] = before + numbers.of(`${ids[3 * triple]} ${Math.min(one, other)} ${Math.max(one, other)}`);
    }
    before += numbers.count;
  }
  return { cells, cellsPerTriple, rows, pairs };
}

/** How often each answer was taken, in rows, and what may be taken still. */
class AnswerTable {
  readonly #candidates: Candidates;
  readonly #answers: number;
  /** Row by row, the answers' counts; and by how much each is ahead of their mean. */
  readonly #counts: Int32Array;
  readonly #ahead: Float64Array;
  readonly #totals: Int32Array;
  /** By pair, whether it is taken. */
  readonly #taken: Uint8Array;

  constructor(candidates: Candidates, answers: number) {
    const { rows, pairs } = candidates;
    this.#candidates = candidates;
    this.#answers = answers;
    this.#counts = new Int32Array(answers * rows);
    this.#ahead = new Float64Array(answers * rows);
    this.#totals = new Int32Array(rows);
    this.#taken = new Uint8Array(pairs.length);
  }

  take(triple: number): void {
    this.#count(triple, 1);
  }

  putBack(triple: number): void {
    this.#count(triple, -1);
  }

  #count(triple: number, times: 1 | -1): void {
    const { cells, cellsPerTriple, pairs } = this.#candidates;
    const answers = this.#answers;
    this.#taken[pairs[triple]] += times;
    for (let place = 0; place < cellsPerTriple; place += 1) {
      const cell = cells[triple * cellsPerTriple + place];
      const row = Math.floor(cell / answers);
      this.#counts[cell] += times;
      this.#totals[row] += times;
      // Asked far more often than changed.
      for (let other = row * answers; other < (row + 1) * answers; other += 1) {
        this.#ahead[other] = this.#counts[other] - this.#totals[row] / answers;
      }
    }
  }

  /** By how much a triple's answer is ahead of the mean of all answers, summed over its rows. */
  ahead(triple: number): number {
    const { cells, cellsPerTriple } = this.#candidates;
    const from = triple * cellsPerTriple;
    let ahead = 0;
    for (let place = from; place < from + cellsPerTriple; place += 1) ahead += this.#ahead[cells[place]];
    return ahead;
  }

  /**
   * Of a scan's triples, the one whose answer is the least ahead; of several the first. Those that are taken, or whose
   * mirror images are, do not count.
   *
   * @param standing comes before the others.
   */
  leastAhead({ from, to }: ScanPicks, standing?: number): number | undefined {
    let best = standing;
    let least = standing === undefined ? Number.POSITIVE_INFINITY : this.ahead(standing);
    for (let triple = from; triple < to; triple += 1) {
      if (this.#taken[this.#candidates.pairs[triple]] !== 0) continue;
      const ahead = this.ahead(triple);
      if (ahead < least) [best, least] = [triple, ahead];
    }
    return best;
  }
}

/** Round by round each scan gives one more, until it has as many as its limit. */
function takeTurns(type: DirectionType, offers: readonly ScanPicks[], table: AnswerTable): void {
  const most = Math.max(0, ...offers.map(({ scan, from, to }) => Math.min(scan.limitOf(type), to - from)));
  for (let round = 0; round < most; round += 1) {
    for (const offer of offers) {
      if (round >= offer.to - offer.from || round >= offer.scan.limitOf(type)) continue;
      const best = table.leastAhead(offer);
      if (best === undefined) continue;
      table.take(best);
      offer.taken.push(best);
    }
  }
}

/** Picks each again, with all others known. */
function takeAgain(offers: readonly ScanPicks[], table: AnswerTable): void {
  for (const offer of offers) {
    for (const [place, before] of offer.taken.entries()) {
      table.putBack(before);
      const best = table.leastAhead(offer, before) ?? before;
      table.take(best);
      offer.taken[place] = best;
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
    offers.flatMap(({ taken }) => taken.map((triple) => ({ taken, triple }))),
  );
  for (;;) {
    const farthest = kept.reduce((most, { triple }) => Math.max(most, table.ahead(triple)), 0);
    if (farthest <= MOST_AHEAD) return;
    const limit = Math.max(MOST_AHEAD, farthest * NEXT_LIMIT);
    kept = kept.filter(({ taken, triple }) => {
      if (table.ahead(triple) <= limit) return true;
      table.putBack(triple);
      taken.splice(taken.indexOf(triple), 1);
      return false;
    });
  }
}
