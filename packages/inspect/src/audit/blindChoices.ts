import { at } from "@vsi/dataset";
import { binColumns, boostTrees, rowsOf } from "./boostTrees.ts";
import { FOLDS } from "./folds.ts";
import { type AuditQuestion, questionWords } from "./questions.ts";
import { type ChoiceRows, countKeys, encodeKeys } from "./targetEncoding.ts";

/**
 * Maximum number of questions that the trees of a fold learn from; with so few columns, more hardly change anything.
 */
const MOST_TRAINING = 4000;

/** A guess among candidates. */
interface BlindChoice {
  answer: string;
  /** The right candidate's share of the belief, 0 to 1. */
  belief: number;
}

/**
 * The best guess at every choice from the question's text alone: boosted trees over what can be said of each candidate,
 * learnt from the rooms of the other folds. Ties go to the first candidate.
 */
export function blindChoices(questions: readonly AuditQuestion[], folds: Uint8Array): BlindChoice[] {
  const rows = choiceRows(questions);
  const { starts, right, keyCount } = rows;
  const rowFolds = new Uint8Array(right.length);
  for (const [index, fold] of folds.entries()) rowFolds.fill(fold, at(starts, index), at(starts, index + 1));
  const counts = countKeys(rows, rowFolds);
  const choices = new Array<BlindChoice>(questions.length);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const asked = questionsWhere(folds, (own) => own === fold);
    if (asked.length === 0) continue;
    const training = thinned(questionsWhere(folds, (own) => own !== fold));
    const encoded = encodeKeys(rows, counts, rowFolds, fold);
    const bins = binColumns(encoded, keyCount, rowsOf(training, starts));
    const shares = boostTrees({ bins, columns: keyCount, starts, right, training, asked });
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
function thinned(questions: Int32Array): Int32Array {
  const stride = Math.ceil(questions.length / MOST_TRAINING);
  return stride <= 1 ? questions : questions.filter((_, index) => index % stride === 0);
}

/** Maximum number of a wording's places that are used; our longest wording has seven. */
const MOST_PLACES = 7;

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
  const rowCount = questions.reduce((sum, { candidates }) => sum + candidates.length, 0);
  const starts = new Int32Array(questions.length + 1);
  const keys = new Int32Array(rowCount * keyCount);
  const right = new Uint8Array(rowCount);
  const numbers = new Map<string, number>();
  let row = 0;
  for (const [index, question] of questions.entries()) {
    const { candidates, places, truth } = question;
    const named = [...columns.map((place) => places[place] ?? ""), ...(words[index] ?? []).slice(0, wordColumns)];
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
