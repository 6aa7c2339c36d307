import { at, balancedSequence, randomStream } from "@vsi/dataset";
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

/** A triple that may be picked. */
interface Candidate {
  triple: Triple;
  /** The answer that a blind model would give; the same for all where there is nothing to learn from. */
  guess: number;
}

/** What was picked of a scan. */
interface ScanPicks {
  scan: FoldedScan;
  left: Candidate[];
  taken: Candidate[];
}

/**
 * Triples of every scan, so that over a split every answer is as often right as the others, and as often whatever a
 * blind model guesses: logistic regression over the three objects and their pairs. Round by round each scan gives one;
 * then, for each guess, the answers that are ahead of the rarest are thinned.
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
    const pool = scan.pool[type];
    const score = guesses[scan.fold];
    const left = (pool?.triples ?? []).map((triple) => ({
      triple,
      guess: guessOf(triple, words, pool?.labels, score),
    }));
    return { scan, left, taken: [] };
  });
  takeTurns(type, offers);
  thinToRarest(words, offers, randomStream([seed, "balance", type, "thin"]));
  return offers.map(({ scan, taken }) => {
    const places = balancedSequence(randomStream([seed, "balance", type, scan.scanId]), [...words.keys()]);
    const picks = taken.map(
      ({ triple }): DirectionPick => ({ question_type: type, ids: triple.ids, place: places.next().value }),
    );
    return [scan.scanId, picks];
  });
}

function learn(type: DirectionType, words: readonly string[], scans: readonly FoldedScan[]): WordScore {
  const examples: WordExample[] = [];
  for (const { pool } of scans) {
    const { labels, triples } = pool[type] ?? { labels: {}, triples: [] };
    const taught = words.map(() => 0);
    for (const triple of triples) {
      if (at(taught, triple.word) >= TAUGHT_TRIPLES) continue;
      taught[triple.word] = at(taught, triple.word) + 1;
      examples.push({ alternatives: words.map((word) => wordsOf(triple, labels, word)), right: triple.word });
    }
  }
  return learnWords(thinExamples(examples));
}

/** The three objects and their pairs, each with the answer that it would speak for. */
function wordsOf({ ids }: Triple, labels: DirectionPool["labels"], answer: string): string[] {
  const [positioning, orienting, querying] = ids.map((id) => labels[id] ?? "");
  return [
    answer,
    `${answer}\np ${positioning}`,
    `${answer}\no ${orienting}`,
    `${answer}\nq ${querying}`,
    `${answer}\npo ${positioning}\n${orienting}`,
    `${answer}\npq ${positioning}\n${querying}`,
    `${answer}\noq ${orienting}\n${querying}`,
  ];
}

function guessOf(
  triple: Triple,
  words: readonly string[],
  labels: DirectionPool["labels"] = {},
  score: WordScore | undefined,
): number {
  if (score === undefined) return 0;
  const scores = words.map((word) => score(wordsOf(triple, labels, word)));
  return scores.indexOf(Math.max(...scores));
}

function cellOf({ scan }: ScanPicks, { guess, triple }: Candidate): string {
  return `${scan.split} ${guess} ${triple.word}`;
}

/** Round by round each scan gives the triple whose guess and answer were taken least often. */
function takeTurns(type: DirectionType, offers: readonly ScanPicks[]): void {
  const cells = new CellCounts();
  const most = Math.max(0, ...offers.map(({ left }) => left.length));
  for (let round = 0; round < most; round += 1) {
    for (const offer of offers) {
      if (offer.left.length === 0 || offer.taken.length >= offer.scan.limitOf(type)) continue;
      const best = offer.left.reduce((least, other) =>
        cells.of(cellOf(offer, other)) < cells.of(cellOf(offer, least)) ? other : least,
      );
      cells.add(cellOf(offer, best));
      offer.left.splice(offer.left.indexOf(best), 1);
      offer.taken.push(best);
    }
  }
}

/** For each guess of a split, drops what is ahead of the rarest answer, from scans that have most. */
function thinToRarest(
  words: readonly string[],
  offers: readonly ScanPicks[],
  random: ReturnType<typeof randomStream>,
): void {
  const taken = new Map<string, { offer: ScanPicks; candidate: Candidate; rank: number }[]>();
  for (const offer of offers) {
    for (const candidate of offer.taken) {
      const cell = cellOf(offer, candidate);
      taken.set(cell, [...(taken.get(cell) ?? []), { offer, candidate, rank: random.next() }]);
    }
  }
  const guesses = new Set([...taken.keys()].map((cell) => cell.slice(0, cell.lastIndexOf(" "))));
  for (const guess of guesses) {
    const cells = words.map((_, word) => taken.get(`${guess} ${word}`) ?? []);
    const rarest = Math.min(...cells.map(({ length }) => length));
    for (const cell of cells) {
      const ranked = cell.sort(
        (one, other) => one.offer.taken.length - other.offer.taken.length || one.rank - other.rank,
      );
      for (const { offer, candidate } of ranked.slice(rarest)) {
        offer.taken.splice(offer.taken.indexOf(candidate), 1);
      }
    }
  }
}
