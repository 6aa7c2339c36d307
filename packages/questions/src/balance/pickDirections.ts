import { at, balancedSequence, quantile, type RandomGenerator, randomStream, shuffled } from "@vsi/dataset";
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
   * The rows of the table that it counts in: its scan's, without which the rooms left out tell what the others lack; then
   * one a model for what that guesses, or one for the split where nothing is guessed.
   */
  rows: readonly [scan: number, ...overScans: number[]];
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
 * How far an answer may be ahead of the others' mean, over what the models guess. Chance leaves as much among a few
 * hundred questions; evened out to the last, the rooms that a model learns from would lack what the others have.
 */
const MOST_AHEAD = 4;

/**
 * Triples of every scan, so that over a split every answer is as often right as the others, and as often whatever a
 * blind model guesses: logistic regression over the three objects, and over their pairs too. Round by round each scan
 * gives one, then each is picked again; what is still ahead is left out.
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
  const pickIn = (attempt: number): ScanPicks[] => {
    const table = new AnswerTable(words.length);
    const offers = offersOf(scans, guesses, { type, words, table });
    const random = randomStream([seed, "balance", type, "try", attempt]);
    const ordered = attempt === 0 ? offers : shuffled(random, offers);
    takeTurns(type, ordered, table);
    for (let round = 0; round < ROUNDS; round += 1) takeAgain(ordered, table);
    leaveOutAhead(ordered, table, randomStream([seed, "balance", type, "left out", attempt]));
    return offers;
  };
  const offers = nearestToChance(folds, pickIn, (picks) =>
    picks.flatMap((picked) => triedQuestions(picked, type, words)),
  );
  return offers.map(({ scan, taken }) => {
    const places = balancedSequence(randomStream([seed, "balance", type, scan.scanId]), [...words.keys()]);
    const picks = taken.map(
      ({ triple }): DirectionPick => ({ question_type: type, ids: triple.ids, place: places.next().value }),
    );
    return [scan.scanId, picks];
  });
}

/** What was picked of a scan, as models see it: by the objects, and by their pairs too. */
function triedQuestions({ scan, taken }: ScanPicks, type: DirectionType, words: readonly string[]): TriedQuestion[] {
  const { objects } = scan.pool[type] ?? { objects: {} };
  return taken.map(({ triple }) => ({
    fold: scan.fold,
    examples: [objectWords, pairWords].map((wordsOf) => ({
      alternatives: words.map((word) => wordsOf(triple, objects, word)),
      right: triple.word,
    })),
  }));
}

/** How often each answer was taken, in rows: a scan, and what a model guesses over a split. */
class AnswerTable {
  readonly #answers: number;
  readonly #rows = new Map<string, number>();
  /** Row by row, the answers' counts. */
  readonly #counts: number[] = [];
  readonly #totals: number[] = [];

  constructor(answers: number) {
    this.#answers = answers;
  }

  /** A row's number; the first time, a row without a count. */
  rowOf(name: string): number {
    const known = this.#rows.get(name);
    if (known !== undefined) return known;
    this.#rows.set(name, this.#totals.length);
    this.#totals.push(0);
    for (let answer = 0; answer < this.#answers; answer += 1) this.#counts.push(0);
    return this.#totals.length - 1;
  }

  add({ rows, triple: { word } }: Candidate, times: 1 | -1): void {
    for (const row of rows) {
      const place = row * this.#answers + word;
      this.#counts[place] = at(this.#counts, place) + times;
      this.#totals[row] = at(this.#totals, row) + times;
    }
  }

  /** By how much an answer is ahead of the mean of all answers, summed over the rows. */
  ahead(rows: readonly number[], word: number): number {
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
    const { objects, triples } = pool[type] ?? { objects: {}, triples: [] };
    return words.flatMap((_, word) => {
      const same = triples.filter((triple) => triple.word === word).slice(0, TAUGHT_TRIPLES);
      return same.map((triple) => ({ triple, objects }));
    });
  });
  const byWord = words.map((_, word) => taught.filter(({ triple }) => triple.word === word));
  const rarest = Math.min(...byWord.map(({ length }) => length));
  const balanced = byWord.flatMap((same) => thinExamples(same, rarest));
  const exampleOf = (wordsOf: typeof objectWords) => (example: (typeof balanced)[number]) => ({
    alternatives: words.map((word) => wordsOf(example.triple, example.objects, word)),
    right: example.triple.word,
  });
  const examples = thinExamples(balanced, MOST_EXAMPLES);
  return {
    byObjects: learnWords(examples.map(exampleOf(objectWords))),
    byPairs: learnWords(examples.map(exampleOf(pairWords))),
  };
}

/** The three objects, each with the answer that it would speak for. */
function objectWords({ ids }: Triple, objects: DirectionPool["objects"], answer: string): string[] {
  const [positioning, orienting, querying] = ids.map((id) => objects[id]?.label ?? "");
  return [answer, `${answer}\np ${positioning}`, `${answer}\no ${orienting}`, `${answer}\nq ${querying}`];
}

function pairWords(triple: Triple, objects: DirectionPool["objects"], answer: string): string[] {
  const [positioning, orienting, querying] = triple.ids.map((id) => objects[id]?.label ?? "");
  return [
    ...objectWords(triple, objects, answer),
    `${answer}\npo ${positioning}\n${orienting}`,
    `${answer}\npq ${positioning}\n${querying}`,
    `${answer}\noq ${orienting}\n${querying}`,
  ];
}

/** How likely each answer is by each model, from 0 to 1; none where there is nothing to learn from. */
function likelihoods(
  triple: Triple,
  words: readonly string[],
  objects: DirectionPool["objects"],
  guess: Guess | undefined,
): number[] {
  if (guess === undefined) return [];
  return [
    ...shareOf(words.map((word) => guess.byObjects(objectWords(triple, objects, word)))),
    ...shareOf(words.map((word) => guess.byPairs(pairWords(triple, objects, word)))),
  ];
}

/** Scans a class of likelihoods: with fewer, classes would hold too few questions to be even but by force. */
const SCANS_A_CLASS = 40;
const MOST_CLASSES = 8;

/**
 * Every scan's candidates, each in the rows of its scan and of the class of every likelihood: classes hold equally many
 * of a split's candidates.
 */
function offersOf(
  scans: readonly FoldedScan[],
  guesses: readonly Guess[],
  { type, words, table }: { type: DirectionType; words: readonly string[]; table: AnswerTable },
): ScanPicks[] {
  const classes = Math.max(2, Math.min(MOST_CLASSES, Math.round(scans.length / SCANS_A_CLASS)));
  const likely = scans.map(({ pool, fold }) => {
    const { objects, triples } = pool[type] ?? { objects: {}, triples: [] };
    return triples.map((triple) => ({ triple, values: likelihoods(triple, words, objects, guesses[fold]) }));
  });
  const models =
    guesses.length === 0 || likely.every(({ length }) => length === 0) ? [] : [...Array(2 * words.length).keys()];
  const bounds = models.map((model) => {
    const sorted = Float64Array.from(likely.flat().map(({ values }) => at(values, model))).sort();
    return Array.from({ length: classes - 1 }, (_, bound) => quantile(sorted, (bound + 1) / classes));
  });
  return scans.map((scan, place) => {
    const ownRow = table.rowOf(`scan ${scan.scanId}`);
    const candidates = at(likely, place).map(({ triple, values }): Candidate => {
      const names = values.map((value, model) => {
        const above = at(bounds, model).filter((bound) => value > bound).length;
        return `${scan.split} ${model} ${above}`;
      });
      const [positioning, ...others] = triple.ids;
      const pair = `${positioning} ${Math.min(...others)} ${Math.max(...others)}`;
      return {
        triple,
        pair,
        rows: [ownRow, ...(names.length === 0 ? [scan.split] : names).map((name) => table.rowOf(name))],
      };
    });
    return { scan, candidates, taken: [] };
  });
}

/** Of the candidates, the one whose answer is the least ahead; the first of several. */
function leastAhead(candidates: readonly Candidate[], table: AnswerTable): Candidate | undefined {
  let best: Candidate | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const ahead = table.ahead(candidate.rows, candidate.triple.word);
    if (ahead < least) [best, least] = [candidate, ahead];
  }
  return best;
}

/** The candidates of which neither they themselves nor their mirror images are taken. */
function openBeside(taken: readonly Candidate[], candidates: readonly Candidate[]): Candidate[] {
  const pairs = new Set(taken.map(({ pair }) => pair));
  return candidates.filter(({ pair }) => !pairs.has(pair));
}

/** Round by round each scan gives one more, until it has as many as its limit. */
function takeTurns(type: DirectionType, offers: readonly ScanPicks[], table: AnswerTable): void {
  const most = Math.max(0, ...offers.map(({ candidates }) => candidates.length));
  for (let round = 0; round < most; round += 1) {
    for (const { scan, candidates, taken } of offers) {
      if (round >= candidates.length || round >= scan.limitOf(type)) continue;
      const best = leastAhead(openBeside(taken, candidates), table);
      if (best === undefined) continue;
      table.add(best, 1);
      taken.push(best);
    }
  }
}

/** Picks each again, with all others known. */
function takeAgain(offers: readonly ScanPicks[], table: AnswerTable): void {
  for (const { candidates, taken } of offers) {
    for (const [place, before] of taken.entries()) {
      table.add(before, -1);
      const open = openBeside(taken.toSpliced(place, 1), candidates);
      const best = leastAhead([before, ...open], table) ?? before;
      table.add(best, 1);
      taken[place] = best;
    }
  }
}

/**
 * As long as an answer is ahead over the scans by more than it may, one such question is left out, of a scan where it is
 * ahead too.
 */
function leaveOutAhead(offers: readonly ScanPicks[], table: AnswerTable, random: RandomGenerator): void {
  // Those whose guesses and answer are the same are ahead by the same.
  const alike = new Map<string, { offer: ScanPicks; candidate: Candidate }[]>();
  for (const offer of shuffled(random, offers)) {
    for (const candidate of offer.taken) {
      const [, ...overScans] = candidate.rows;
      const key = `${overScans.join()} ${candidate.triple.word}`;
      alike.set(key, [...(alike.get(key) ?? []), { offer, candidate }]);
    }
  }
  const groups = [...alike].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, members]) => members);
  const inScan = ({ candidate: { rows, triple } }: { candidate: Candidate }) => table.ahead([rows[0]], triple.word);
  for (const members of groups) members.sort((one, other) => inScan(one) - inScan(other));
  for (;;) {
    let worst: (typeof groups)[number] | undefined;
    let most = MOST_AHEAD;
    for (const members of groups) {
      const [first] = members;
      if (first === undefined) continue;
      const [, ...overScans] = first.candidate.rows;
      const ahead = table.ahead(overScans, first.candidate.triple.word);
      if (ahead > most) [worst, most] = [members, ahead];
    }
    const left = worst?.pop();
    if (left === undefined) return;
    table.add(left.candidate, -1);
    left.offer.taken.splice(left.offer.taken.indexOf(left.candidate), 1);
  }
}
