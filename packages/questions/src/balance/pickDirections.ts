import { at, balancedSequence, type RandomGenerator, randomStream, shuffled } from "@vsi/dataset";
import { sectorWords } from "../scene/directions.ts";
import {
  DIRECTION_SECTORS,
  type DirectionPick,
  type DirectionPool,
  type DirectionType,
} from "../types/objectRelDirection.ts";
import { learnWords, type WordExample, type WordScore } from "./blindModels.ts";
import { CellCounts } from "./cellCounts.ts";
import { type FoldedScan, type PickInput, thinExamples } from "./folds.ts";

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
  /** The place of the answer that each model guesses; none where there is nothing to learn from. */
  guesses: readonly number[];
}

/** What was picked of a scan. */
interface ScanPicks {
  scan: FoldedScan;
  candidates: readonly Candidate[];
  taken: Candidate[];
}

/** Times that every pick is made again with all others known. */
const ROUNDS = 3;

/** How far an answer may be ahead of the others' mean, over the guesses: noise, and nobody gains by it. */
const MOST_AHEAD = 2;

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
  const offers = scans.map((scan): ScanPicks => {
    const { objects, triples } = scan.pool[type] ?? { objects: {}, triples: [] };
    const guess = guesses[scan.fold];
    const candidates = triples.map((triple) => ({ triple, guesses: guessesOf(triple, words, objects, guess) }));
    return { scan, candidates, taken: [] };
  });
  const table = new AnswerTable(words.length);
  takeTurns(type, offers, table);
  for (let round = 0; round < ROUNDS; round += 1) takeAgain(offers, table);
  leaveOutAhead(offers, table, randomStream([seed, "balance", type, "left out"]));
  return offers.map(({ scan, taken }) => {
    const places = balancedSequence(randomStream([seed, "balance", type, scan.scanId]), [...words.keys()]);
    const picks = taken.map(
      ({ triple }): DirectionPick => ({ question_type: type, ids: triple.ids, place: places.next().value }),
    );
    return [scan.scanId, picks];
  });
}

/** How often each answer was taken, by split and by what each model guesses. */
class AnswerTable {
  readonly #answers: number;
  readonly #cells = new CellCounts();

  constructor(answers: number) {
    this.#answers = answers;
  }

  add(split: string, candidate: Candidate, times: 1 | -1): void {
    for (const row of rowsOf(split, candidate)) this.#cells.add(`${row} ${candidate.triple.word}`, times);
  }

  /** By how much the answer is ahead of the mean of all answers, summed over what the models guess. */
  ahead(split: string, candidate: Candidate): number {
    return rowsOf(split, candidate).reduce((sum, row) => {
      const all = Array.from({ length: this.#answers }, (_, word) => this.#cells.of(`${row} ${word}`));
      return sum + at(all, candidate.triple.word) - all.reduce((total, count) => total + count, 0) / this.#answers;
    }, 0);
  }
}

/** The rows of the table that a candidate counts in: one a model, or one for all where nothing is guessed. */
function rowsOf(split: string, { guesses }: Candidate): string[] {
  return guesses.length === 0 ? [split] : guesses.map((guess, model) => `${split} ${model} ${guess}`);
}

function learn(type: DirectionType, words: readonly string[], scans: readonly FoldedScan[]): Guess {
  const byObjects: WordExample[] = [];
  const byPairs: WordExample[] = [];
  for (const { pool } of scans) {
    const { objects, triples } = pool[type] ?? { objects: {}, triples: [] };
    const taught = words.map(() => 0);
    for (const triple of triples) {
      if (at(taught, triple.word) >= TAUGHT_TRIPLES) continue;
      taught[triple.word] = at(taught, triple.word) + 1;
      const right = triple.word;
      byObjects.push({ alternatives: words.map((word) => objectWords(triple, objects, word)), right });
      byPairs.push({ alternatives: words.map((word) => pairWords(triple, objects, word)), right });
    }
  }
  return { byObjects: learnWords(thinExamples(byObjects)), byPairs: learnWords(thinExamples(byPairs)) };
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

function guessesOf(
  triple: Triple,
  words: readonly string[],
  objects: DirectionPool["objects"],
  guess: Guess | undefined,
): number[] {
  if (guess === undefined) return [];
  const placeOfBest = (scores: readonly number[]) => scores.indexOf(Math.max(...scores));
  return [
    placeOfBest(words.map((word) => guess.byObjects(objectWords(triple, objects, word)))),
    placeOfBest(words.map((word) => guess.byPairs(pairWords(triple, objects, word)))),
  ];
}

/** Of the candidates, the one whose answer is the least ahead. */
function leastAhead(candidates: readonly Candidate[], split: string, table: AnswerTable): Candidate | undefined {
  let best: Candidate | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const ahead = table.ahead(split, candidate);
    if (ahead < least) [best, least] = [candidate, ahead];
  }
  return best;
}

/** Round by round each scan gives one more, until it has as many as its limit. */
function takeTurns(type: DirectionType, offers: readonly ScanPicks[], table: AnswerTable): void {
  const most = Math.max(0, ...offers.map(({ candidates }) => candidates.length));
  for (let round = 0; round < most; round += 1) {
    for (const { scan, candidates, taken } of offers) {
      if (round >= candidates.length || round >= scan.limitOf(type)) continue;
      const open = candidates.filter((candidate) => !taken.includes(candidate));
      const best = leastAhead(open, scan.split, table);
      if (best === undefined) continue;
      table.add(scan.split, best, 1);
      taken.push(best);
    }
  }
}

/** Picks each again, with all others known. */
function takeAgain(offers: readonly ScanPicks[], table: AnswerTable): void {
  for (const { scan, candidates, taken } of offers) {
    for (const [place, before] of taken.entries()) {
      table.add(scan.split, before, -1);
      const open = [before, ...candidates.filter((candidate) => !taken.includes(candidate))];
      const best = leastAhead(open, scan.split, table) ?? before;
      table.add(scan.split, best, 1);
      taken[place] = best;
    }
  }
}

/** As long as an answer is ahead by more than it may, one such question is left out, from scans in random order. */
function leaveOutAhead(offers: readonly ScanPicks[], table: AnswerTable, random: RandomGenerator): void {
  // Alike for the table: these are ahead by the same.
  const alike = new Map<string, { offer: ScanPicks; candidate: Candidate }[]>();
  for (const offer of shuffled(random, offers)) {
    for (const candidate of offer.taken) {
      const key = `${rowsOf(offer.scan.split, candidate).join()} ${candidate.triple.word}`;
      alike.set(key, [...(alike.get(key) ?? []), { offer, candidate }]);
    }
  }
  const groups = [...alike].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, members]) => members);
  for (;;) {
    let worst: (typeof groups)[number] | undefined;
    let most = MOST_AHEAD;
    for (const members of groups) {
      const [first] = members;
      if (first === undefined) continue;
      const ahead = table.ahead(first.offer.scan.split, first.candidate);
      if (ahead > most) [worst, most] = [members, ahead];
    }
    const left = worst?.pop();
    if (left === undefined) return;
    table.add(left.offer.scan.split, left.candidate, -1);
    left.offer.taken.splice(left.offer.taken.indexOf(left.candidate), 1);
  }
}
