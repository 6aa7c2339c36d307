import type { DatasetSplit, Question } from "@vsi/dataset";
import { measurementKey } from "./measurementKey.ts";

/**
 * From this share of its measurements on, a training scene counts as a scene of another split. The same room gives nearly
 * all of them again, other rooms hardly any: a half is far from both.
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
    for (const key of keys)
      for (const other of evaluated.get(key) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
    const least = Math.max(FEWEST_SHARED, REPEATED_SHARE * keys.size);
    const [same] = [...shared].filter(([, count]) => count >= least).map(([other]) => other);
    if (same !== undefined) repeated.set(scanId, same);
  }
  return repeated;
}

function keysOf(questions: readonly Question[]): Set<string> {
  return new Set(questions.map(measurementKey).filter((key) => key !== null));
}
