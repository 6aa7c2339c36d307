import type { AuditQuestion } from "../questions/auditQuestion.ts";
import { FOLDS } from "../questions/roomFolds.ts";
import { binColumns } from "./binColumns.ts";
import { boostTrees, rowsOf } from "./boostTrees.ts";
import { choiceRows } from "./choiceRows.ts";
import { countKeys, encodeKeys } from "./encodeKeys.ts";

/** Questions that the trees of one fold learn from at most: more hardly change what a few columns say. */
const MOST_TRAINING = 4000;

/** A guess among candidates. */
export interface BlindChoice {
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
