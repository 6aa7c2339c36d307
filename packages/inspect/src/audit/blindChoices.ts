import { binColumns, boostTrees, rowsOf } from "./boostTrees.ts";
import { type AuditQuestion, FOLDS, questionWords } from "./questions.ts";

/** Questions that the trees of one fold learn from at most: more hardly change what a few columns say. */
const MOST_TRAINING = 4000;

/** A guess among candidates. */
interface BlindChoice {
  answer: string;
  /** The share of belief that the right candidate was given, in 0 to 1. */
  belief: number;
}

/**
 * The best guess at every choice from the question's text alone: boosted trees over what can be said of each candidate,
 * learnt from the rooms of the other folds. Of equal candidates the first is guessed.
 */
export function blindChoices(questions: readonly AuditQuestion[], folds: Uint8Array): BlindChoice[] {
  const rows = choiceRows(questions);
  const { starts, right, keyCount } = rows;
  const rowFolds = new Uint8Array(right.length);
  for (const [index, fold] of folds.entries()) rowFolds.fill(fold, starts[index]!, starts[index + 1]!);
  const counts = countKeys(rows, rowFolds);
  const choices = new Array<BlindChoice>(questions.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const asked = questionsWhere(folds, (own) => own === fold);
    if (asked.length === 0) continue;
    const training = thinned(questionsWhere(folds, (own) => own !== fold));
    const encoded = encodeKeys(rows, counts, rowFolds, fold);
    const bins = binColumns(encoded, keyCount, rowsOf(training, starts));
    const shares = boostTrees({ bins, columns: keyCount, starts, right, training, asked });
    for (const index of asked)
      choices[index] = choose(questions[index]!, shares.subarray(starts[index], starts[index + 1]));
  }
  return choices;
}

function choose({ candidates, truth }: AuditQuestion, shares: Float64Array): BlindChoice {
  const best = shares.indexOf(Math.max(...shares));
  return { answer: candidates[best] ?? "", belief: shares[candidates.indexOf(truth)] ?? 0 };
}

function questionsWhere(folds: Uint8Array, holds: (fold: number) => boolean): Int32Array {
  const indexes: number[] = [];
  for (const [index, fold] of folds.entries()) if (holds(fold)) indexes.push(index);
  return Int32Array.from(indexes);
}

/** Every so many of the questions, so that all rooms have their part. */
function thinned(questions: Int32Array): Int32Array {
  const stride = Math.ceil(questions.length / MOST_TRAINING);
  return stride <= 1 ? questions : questions.filter((_, index) => index % stride === 0);
}

/** The places of the wording that are looked at: the longest wording of ours has seven. */
const MOST_PLACES = 7;

/** Every candidate of every question as one row. */
interface ChoiceRows {
  /** The first row of each question; one more entry for the end. */
  starts: Int32Array;
  /** Row-major, rows x keyCount: what each row has in each column, as a number of its own for each value. */
  keys: Int32Array;
  keyCount: number;
  /** How many different values there are over all columns. */
  valueCount: number;
  /** 1 where the candidate is the right one. */
  right: Uint8Array;
}

/**
 * What can be said of each candidate without looking: its place in the list, its words, the first and the last of its
 * parts, how long it is among the others, which of the wording's places holds it, and itself beside each label that the
 * question names.
 */
export function choiceRows(questions: readonly AuditQuestion[]): ChoiceRows {
  const columns = placeNames(questions);
  const words = columns.length === 0 ? questionWords(questions) : [];
  const wordColumns = Math.min(MOST_PLACES, Math.max(0, ...words.map((own) => own.length)));
  const keyCount = FIXED_COLUMNS + columns.length + wordColumns;
  const starts = new Int32Array(questions.length + 1);
  for (const [index, { candidates }] of questions.entries()) starts[index + 1] = starts[index]! + candidates.length;
  const keys = new Int32Array(starts[questions.length]! * keyCount);
  const right = new Uint8Array(starts[questions.length]!);
  const numbers = new Map<string, number>();
  for (const [index, question] of questions.entries()) {
    const { candidates, places, truth } = question;
    const named = [...columns.map((place) => places[place] ?? ""), ...(words[index] ?? []).slice(0, wordColumns)];
    for (const [position, candidate] of candidates.entries()) {
      const row = starts[index]! + position;
      right[row] = candidate === truth ? 1 : 0;
      for (let column = 0; column < keyCount; column++) {
        const value =
          column < FIXED_COLUMNS
            ? fixedValue(column, position, question)
            : `${candidate}\n${named[column - FIXED_COLUMNS] ?? ""}`;
        const name = `${column}\n${value}`;
        let number = numbers.get(name);
        if (number === undefined) {
          number = numbers.size;
          numbers.set(name, number);
        }
        keys[row * keyCount + column] = number;
      }
    }
  }
  return { starts, keys, keyCount, valueCount: numbers.size, right };
}

/** The columns that every wording has. */
const FIXED_COLUMNS = 6;

function fixedValue(column: number, position: number, { candidates, places }: AuditQuestion): string {
  const candidate = candidates[position]!;
  switch (column) {
    case 0:
      return `${position} of ${candidates.length}`;
    case 1:
      return candidate;
    case 2:
      return candidate.split(", ")[0]!;
    case 3:
      return candidate.split(", ").at(-1)!;
    case 4:
      return `${candidates.filter(({ length }) => length > candidate.length).length} longer`;
    default:
      return Object.keys(places).find((place) => places[place] === candidate) ?? "";
  }
}

function placeNames(questions: readonly AuditQuestion[]): string[] {
  return [...new Set(questions.flatMap(({ places }) => Object.keys(places)))].sort().slice(0, MOST_PLACES);
}

/**
 * A value seen once tells little: it counts as if ten more candidates of ordinary luck had had it (Micci-Barreca,
 * "A preprocessing scheme for high-cardinality categorical attributes", SIGKDD Explorations 2001).
 */
const SMOOTHING = 10;

/** How often each value was there, and there with the right candidate, by fold: index value * FOLDS + fold. */
interface KeyCounts {
  seen: Float64Array;
  right: Float64Array;
}

/** Counts the values of every row under its question's fold. */
export function countKeys({ keys, keyCount, valueCount, right }: ChoiceRows, rowFolds: Uint8Array): KeyCounts {
  const counts = { seen: new Float64Array(valueCount * FOLDS), right: new Float64Array(valueCount * FOLDS) };
  for (let row = 0; row < rowFolds.length; row++) {
    for (let column = 0; column < keyCount; column++) {
      const place = keys[row * keyCount + column]! * FOLDS + rowFolds[row]!;
      counts.seen[place] += 1;
      counts.right[place] += right[row]!;
    }
  }
  return counts;
}

/**
 * Each value of each row as the share of candidates with it that are right, in 0 to 1. A row is never counted for itself:
 * rows of the held-out fold are told by all other folds, a training row by the folds that are neither its own nor held out.
 *
 * @returns row-major, rows x keyCount.
 */
export function encodeKeys(rows: ChoiceRows, counts: KeyCounts, rowFolds: Uint8Array, heldOut: number): Float32Array {
  const { keys, keyCount, valueCount } = rows;
  // By value and by the fold of the row that asks: the share among all folds but that one and the one held out.
  const shares = new Float32Array(valueCount * FOLDS);
  const base = baseShares(rows, rowFolds, heldOut);
  for (let value = 0; value < valueCount; value++) {
    for (let asking = 0; asking < FOLDS; asking++) {
      let seen = 0;
      let right = 0;
      for (let fold = 0; fold < FOLDS; fold++) {
        if (fold === heldOut || fold === asking) continue;
        seen += counts.seen[value * FOLDS + fold]!;
        right += counts.right[value * FOLDS + fold]!;
      }
      shares[value * FOLDS + asking] = (right + SMOOTHING * base[asking]!) / (seen + SMOOTHING);
    }
  }
  const encoded = new Float32Array(keys.length);
  for (let row = 0; row < rowFolds.length; row++) {
    for (let column = 0; column < keyCount; column++) {
      const place = row * keyCount + column;
      encoded[place] = shares[keys[place]! * FOLDS + rowFolds[row]!]!;
    }
  }
  return encoded;
}

/** The share of right candidates among all that a row of each fold may learn from. */
function baseShares({ right }: ChoiceRows, rowFolds: Uint8Array, heldOut: number): Float64Array {
  const seen = new Float64Array(FOLDS);
  const rights = new Float64Array(FOLDS);
  for (const [row, fold] of rowFolds.entries()) {
    seen[fold] += 1;
    rights[fold] += right[row]!;
  }
  return Float64Array.from({ length: FOLDS }, (_, asking) => {
    let all = 0;
    let good = 0;
    for (let fold = 0; fold < FOLDS; fold++) {
      if (fold === heldOut || fold === asking) continue;
      all += seen[fold]!;
      good += rights[fold]!;
    }
    return all === 0 ? 0 : good / all;
  });
}
