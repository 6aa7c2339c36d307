import { at } from "@vsi/dataset/internal";
import { binColumns, boostTrees, rowsOf } from "./boostTrees.ts";
import { boostWords } from "./boostWords.ts";
import { fitLogit, logitShares, type SparseRows } from "./conditionalLogit.ts";
import { FOLDS } from "./folds.ts";
import { type AuditQuestion, questionWords } from "./questions.ts";
import { type ChoiceRows, countKeys, encodeKeys } from "./targetEncoding.ts";

/**
 * Maximum number of questions that the trees of a fold learn from; with so few columns, more hardly change anything.
 */
const MOST_BOOSTED = 4000;

/** The same for the regression, whose pairs of names are many more than the trees' columns. */
const MOST_REGRESSED = 6000;

/** A guess among candidates. */
export interface BlindChoice {
  answer: string;
  /** The right candidate's share of the belief, 0 to 1. */
  belief: number;
}

/**
 * A guess at every choice from the question's text alone: a regularised logistic regression over the candidates' words
 * and their pairs, learnt from the other folds. Ties go to the first candidate.
 *
 * @param rows of choiceFeatures.
 */
export function regressedChoices(
  questions: readonly AuditQuestion[],
  rows: SparseRows,
  folds: Uint8Array,
): BlindChoice[] {
  return choicesByFold(questions, folds, MOST_REGRESSED, (training, asked) => {
    const shares = new Float64Array(rows.right.length);
    logitShares(rows, fitLogit(rows, training, PENALTY), asked, shares);
    return { shares, starts: rows.starts };
  });
}

/**
 * A guess at every choice from the question's text alone: boosted trees over the candidates' words and their pairs,
 * learnt from the other folds. Ties go to the first candidate.
 *
 * @param rows of choiceFeatures.
 */
export function boostedWords(questions: readonly AuditQuestion[], rows: SparseRows, folds: Uint8Array): BlindChoice[] {
  return choicesByFold(questions, folds, MOST_BOOSTED, (training, asked) => ({
    shares: boostWords(rows, training, asked),
    starts: rows.starts,
  }));
}

/** Of 0.3 to 30 the best on average over the types of published scenes and sample rooms; the next few do as well. */
const PENALTY = 3;

/**
 * A guess at every choice from the question's text alone: boosted trees over what can be said of each candidate, learnt
 * from the other folds. Ties go to the first candidate.
 *
 * @param rows of choiceRows.
 */
export function boostedChoices(
  questions: readonly AuditQuestion[],
  rows: ChoiceRows,
  folds: Uint8Array,
): BlindChoice[] {
  const { starts, right, keyCount } = rows;
  const rowFolds = new Uint8Array(right.length);
  for (const [index, fold] of folds.entries()) rowFolds.fill(fold, at(starts, index), at(starts, index + 1));
  const counts = countKeys(rows, rowFolds);
  const heldOut = (asked: Int32Array) => at(folds, at(asked, 0));
  return choicesByFold(questions, folds, MOST_BOOSTED, (training, asked) => {
    const encoded = encodeKeys(rows, counts, rowFolds, heldOut(asked));
    const bins = binColumns(encoded, keyCount, rowsOf(training, starts));
    return { shares: boostTrees({ bins, columns: keyCount, starts, right, training, asked }), starts };
  });
}

/** Learns from all folds but one and guesses at that one, fold by fold. */
function choicesByFold(
  questions: readonly AuditQuestion[],
  folds: Uint8Array,
  mostTraining: number,
  guess: (training: Int32Array, asked: Int32Array) => { shares: Float64Array; starts: Int32Array },
): BlindChoice[] {
  const choices = new Array<BlindChoice>(questions.length);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const asked = questionsWhere(folds, (own) => own === fold);
    if (asked.length === 0) continue;
    const training = thinned(
      questionsWhere(folds, (own) => own !== fold),
      mostTraining,
    );
    const { shares, starts } = guess(training, asked);
    for (const index of asked) {
      choices[index] = choose(at(questions, index), shares.subarray(at(starts, index), at(starts, index + 1)));
    }
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

/** Questions at even steps, so that every room is represented. */
function thinned(questions: Int32Array, most: number): Int32Array {
  const stride = Math.ceil(questions.length / most);
  return stride <= 1 ? questions : questions.filter((_, index) => index % stride === 0);
}

/** Maximum number of a wording's places that are used; our longest wording has seven. */
const MOST_PLACES = 7;

/**
 * What can be said of each candidate without looking: its place in the list, its words, the first and the last of its
 * parts, how long it is among the others, which of the wording's places holds it, and itself beside each label that the
 * question names, and beside two of them together where the candidates are none of these.
 */
export function choiceRows(questions: readonly AuditQuestion[]): ChoiceRows {
  const columns = placeNames(questions);
  const words = columns.length === 0 ? questionWords(questions) : [];
  const wordColumns = Math.min(MOST_PLACES, Math.max(0, ...words.map((own) => own.length)));
  const pairs = pairsOf(columns, questions);
  const keyCount = FIXED_COLUMNS + columns.length + wordColumns + pairs.length;
  const rowCount = questions.reduce((sum, { candidates }) => sum + candidates.length, 0);
  const starts = new Int32Array(questions.length + 1);
  const keys = new Int32Array(rowCount * keyCount);
  const right = new Uint8Array(rowCount);
  const numbers = new Map<string, number>();
  let row = 0;
  for (const [index, question] of questions.entries()) {
    const { candidates, places, truth } = question;
    const ownWords = words[index] ?? [];
    const named = [
      ...columns.map((place) => places[place] ?? ""),
      ...Array.from({ length: wordColumns }, (_, place) => ownWords[place] ?? ""),
      ...pairs.map(([first, second]) => `${places[first] ?? ""}\n${places[second] ?? ""}`),
    ];
    for (const [position, candidate] of candidates.entries()) {
      right[row] = candidate === truth ? 1 : 0;
      for (let column = 0; column < keyCount; column += 1) {
        const value =
          column < FIXED_COLUMNS
            ? fixedValue(column, position, candidate, question)
            : `${candidate}\n${named[column - FIXED_COLUMNS] ?? ""}`;
        const name = `${column}\n${value}`;
        let number = numbers.get(name);
        if (number === undefined) {
          number = numbers.size;
          numbers.set(name, number);
        }
        keys[row * keyCount + column] = number;
      }
      row += 1;
    }
    starts[index + 1] = row;
  }
  return { starts, keys, keyCount, valueCount: numbers.size, right };
}

/** With more places, as of objects listed to choose from, pairs are too many and too rare to learn from. */
const MOST_PAIRED = 4;

/** Pairs of places, where each candidate may be right whatever they hold: left, right or back. */
function pairsOf(columns: readonly string[], questions: readonly AuditQuestion[]): [first: string, second: string][] {
  const isListed = questions.some(({ candidates, places }) =>
    columns.some((place) => candidates.includes(places[place] ?? "")),
  );
  if (isListed || columns.length > MOST_PAIRED) return [];
  return columns.flatMap((first, index) => columns.slice(index + 1).map((second): [string, string] => [first, second]));
}

/** The columns that every wording has. */
const FIXED_COLUMNS = 6;

function fixedValue(
  column: number,
  position: number,
  candidate: string,
  { candidates, places }: AuditQuestion,
): string {
  const parts = candidate.split(", ");
  switch (column) {
    case 0:
      return `${position} of ${candidates.length}`;
    case 1:
      return candidate;
    case 2:
      return at(parts, 0);
    case 3:
      return at(parts, parts.length - 1);
    case 4:
      return `${candidates.filter(({ length }) => length > candidate.length).length} longer`;
    default:
      return Object.keys(places).find((place) => places[place] === candidate) ?? "";
  }
}

function placeNames(questions: readonly AuditQuestion[]): string[] {
  return [...new Set(questions.flatMap(({ places }) => Object.keys(places)))].sort().slice(0, MOST_PLACES);
}
