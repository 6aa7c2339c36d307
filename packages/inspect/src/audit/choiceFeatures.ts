import { type AnswerKind, questionTypeRow } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import type { SparseRows } from "./conditionalLogit.ts";
import { type AuditQuestion, type QuestionGroup, questionWords } from "./questions.ts";

/** A feature of fewer questions can't be learnt in some rooms and used in others. */
const FEWEST_QUESTIONS = 2;

/**
 * What the text says of each candidate, as yes-or-no features for a regression:
 * - every kind of answer: the candidate's place in the list;
 * - an object: which it is, and beside what the question asks about (option x target);
 * - a direction or movement: which it is, with each name in the wording and with each pair of names;
 * - an order: which label stands at which place, and which of two labels comes first (a pair the other way round is the
 *   negative of the feature);
 * - turns: the turn at each stop, two turns in a row, and the first and last turn with the names in the wording.
 *
 * Of an unknown wording, single words take the place of names. The texts alone decide which features there are.
 */
export function choiceFeatures({ type, questions }: Pick<QuestionGroup, "type" | "questions">): SparseRows {
  const { answer } = questionTypeRow(type);
  const words = questions.some(({ places }) => Object.keys(places).length > 0) ? [] : questionWords(questions);
  const rowCount = questions.reduce((sum, { candidates }) => sum + candidates.length, 0);
  const starts = new Int32Array(questions.length + 1);
  const right = new Uint8Array(rowCount);
  const named: Features[] = [];
  for (const [index, question] of questions.entries()) {
    const names = namesOf(question, words[index] ?? []);
    for (const [place, candidate] of question.candidates.entries()) {
      right[named.length] = candidate === question.truth ? 1 : 0;
      const features = FEATURES[answer](candidate, names);
      features.push([`at ${place} of ${question.candidates.length}`, 1]);
      named.push(features);
    }
    starts[index + 1] = named.length;
  }
  return { starts, right, ...numbered(named, starts) };
}

/** Names of features, each with how much of it a candidate has. */
type Features = [name: string, value: number][];

/** What the question names, in a fixed order: the wording's places without those that list what to choose from. */
function namesOf({ places, candidates }: AuditQuestion, words: readonly string[]): string[] {
  const entries = Object.entries(places).filter(([, name]) => !candidates.includes(name));
  return [...entries.map(([place, name]) => `${place} ${name}`).sort(), ...words.map((word) => `word ${word}`)];
}

const FEATURES: Readonly<Record<AnswerKind, (candidate: string, names: readonly string[]) => Features>> = {
  number: classFeatures,
  object: objectFeatures,
  direction: classFeatures,
  movement: classFeatures,
  order: orderFeatures,
  turns: turnFeatures,
};

function objectFeatures(candidate: string, names: readonly string[]): Features {
  return [[candidate, 1], ...names.map((name): Features[number] => [`${candidate}\n${name}`, 1])];
}

/** With more names, as of an unknown wording's words, pairs would be too many to learn. */
const MOST_PAIRED = 4;

function classFeatures(candidate: string, names: readonly string[]): Features {
  const features = objectFeatures(candidate, names);
  // A name alone says nothing among candidates; trees split by it.
  for (const name of names) features.push([name, 1]);
  if (names.length > MOST_PAIRED) return features;
  for (const [index, first] of names.entries()) {
    for (const second of names.slice(index + 1)) features.push([`${candidate}\n${first}\n${second}`, 1]);
  }
  return features;
}

function orderFeatures(candidate: string): Features {
  const labels = candidate.split(", ");
  const features = labels.map((label, place): Features[number] => [`${place} ${label}`, 1]);
  for (const [index, earlier] of labels.entries()) {
    for (const later of labels.slice(index + 1)) {
      features.push(earlier < later ? [`${earlier}\n${later}`, 1] : [`${later}\n${earlier}`, -1]);
    }
  }
  return features;
}

function turnFeatures(candidate: string, names: readonly string[]): Features {
  const turns = candidate.split(", ");
  const features: Features = turns.map((turn, stop) => [`${stop} ${turn}`, 1]);
  for (const [index, turn] of turns.slice(1).entries()) features.push([`${turns[index]} then ${turn}`, 1]);
  for (const name of names.slice(0, MOST_PAIRED)) {
    features.push([`first ${turns[0]}\n${name}`, 1], [`last ${turns.at(-1)}\n${name}`, 1]);
  }
  return features;
}

/** Numbers for the features that enough questions have. */
function numbered(named: readonly Features[], starts: Int32Array): Omit<SparseRows, "starts" | "right"> {
  const uses = new Map<string, { questions: number; last: number; number: number }>();
  for (let question = 0; question < starts.length - 1; question += 1) {
    for (const features of named.slice(at(starts, question), at(starts, question + 1))) {
      for (const [name] of features) {
        const use = uses.get(name);
        if (use === undefined) {
          uses.set(name, { questions: 1, last: question, number: -1 });
        } else if (use.last !== question) {
          use.questions += 1;
          use.last = question;
        }
      }
    }
  }
  let featureCount = 0;
  for (const use of uses.values()) {
    if (use.questions < FEWEST_QUESTIONS) continue;
    use.number = featureCount;
    featureCount += 1;
  }
  const entries = new Int32Array(named.length + 1);
  const kept: number[] = [];
  const values: number[] = [];
  for (const [row, features] of named.entries()) {
    for (const [name, value] of features) {
      const number = uses.get(name)?.number ?? -1;
      if (number < 0) continue;
      kept.push(number);
      values.push(value);
    }
    entries[row + 1] = kept.length;
  }
  return { entries, features: Int32Array.from(kept), values: Float32Array.from(values), featureCount };
}
