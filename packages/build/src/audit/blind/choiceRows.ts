import type { AuditQuestion } from "../questions/auditQuestion.ts";
import { questionWords } from "./questionWords.ts";

/** The places of the wording that are looked at: the longest wording of ours has seven. */
const MOST_PLACES = 7;

/** Every candidate of every question as one row. */
export interface ChoiceRows {
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
