import type { DatasetSplit, Question } from "@vsi/dataset";

/**
 * From this share of its measurements on, a training scene counts as a scene of another split. The same room gives
 * nearly all of them again, other rooms hardly any: a half is far from both.
 */
const REPEATED_SHARE = 0.5;

/** Fewer measurements than this could be shared by chance. */
const FEWEST_SHARED = 3;

/** A scene's questions, and where they would go. */
export interface SceneQuestions {
  scanId: string;
  split: DatasetSplit;
  questions: readonly Question[];
}

/**
 * Training scenes that stand in another split too, under another id: the same questions with the same answers to the
 * millimetre. Splits by physical room rule out a scan's rescans; this finds what its name does not tell.
 *
 * @param scenes first all that are evaluated on, then all that are trained on.
 * @returns the other split's scene by the training scene.
 */
export async function findRepeatedScenes(scenes: AsyncIterable<SceneQuestions>): Promise<Map<string, string>> {
  const evaluated = new Map<string, string[]>();
  const repeated = new Map<string, string>();
  for await (const { scanId, split, questions } of scenes) {
    const keys = keysOf(questions);
    if (split !== "train") {
      for (const key of keys) evaluated.set(key, [...(evaluated.get(key) ?? []), scanId]);
      continue;
    }
    const shared = new Map<string, number>();
    for (const key of keys) {
      for (const other of evaluated.get(key) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    const least = Math.max(FEWEST_SHARED, REPEATED_SHARE * keys.size);
    const [same] = [...shared].filter(([, count]) => count >= least).map(([other]) => other);
    if (same !== undefined) repeated.set(scanId, same);
  }
  return repeated;
}

function keysOf(questions: readonly Question[]): Set<string> {
  return new Set(questions.map(measurementKey).filter((key) => key !== null));
}

/** Digits that tell measurements apart to a millimetre (a square decimetre's hundredth for areas). */
const DIGITS = { m: 3, cm: 1, m2: 3 } as const;

/**
 * A measured question's text and unrounded answer. Two rooms hardly share one by chance, the same room scanned or
 * copied twice does. Null for what is counted or chosen.
 */
function measurementKey(question: Pick<Question, "question_type" | "question" | "evidence">): string | null {
  const { value, unit, margin } = question.evidence;
  if (value === null || margin !== null || (unit !== "m" && unit !== "cm" && unit !== "m2")) return null;
  return `${question.question_type}\n${question.question}\n${value.toFixed(DIGITS[unit])}`;
}

/** Why a question of a scan does not go into the dataset, and which question of the scan it is held against. */
export interface Repeat {
  code: "duplicate-question" | "contradiction";
  /** Place of the other question among the scan's. */
  other: number;
}

/**
 * Questions of one scan that say the same as another one. Their ids tell: the same scene, type and text have the same
 * id. With the same answer the first is kept; with another answer nobody can know which is meant, and all of them go.
 *
 * @returns by place among the scan's questions.
 */
export function findRepeats(questions: readonly Pick<Question, "id" | "ground_truth">[]): Map<number, Repeat> {
  const places = new Map<string, [number, ...number[]]>();
  for (const [place, { id }] of questions.entries()) {
    const same = places.get(id);
    if (same === undefined) places.set(id, [place]);
    else same.push(place);
  }
  const repeats = new Map<number, Repeat>();
  for (const [first, ...others] of places.values()) {
    const truth = questions[first]?.ground_truth;
    const differing = others.find((place) => questions[place]?.ground_truth !== truth);
    if (differing === undefined) {
      for (const place of others) repeats.set(place, { code: "duplicate-question", other: first });
      continue;
    }
    repeats.set(first, { code: "contradiction", other: differing });
    for (const place of others) repeats.set(place, { code: "contradiction", other: first });
  }
  return repeats;
}
