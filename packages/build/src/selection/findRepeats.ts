import type { Question } from "@vsi/dataset";

/** Why a question of a scan does not go into the dataset, and which question of the scan it is held against. */
export interface Repeat {
  code: "duplicate-question" | "contradiction";
  /** Place of the other question among the scan's. */
  other: number;
}

/**
 * Questions of one scan that say the same as another one. Their ids tell: the same scene, type and text have the same id.
 * With the same answer the first is kept; with another answer nobody can know which is meant, and all of them go.
 *
 * @returns by place among the scan's questions.
 */
export function findRepeats(questions: readonly Pick<Question, "id" | "ground_truth">[]): Map<number, Repeat> {
  const places = new Map<string, number[]>();
  for (const [place, { id }] of questions.entries()) places.set(id, [...(places.get(id) ?? []), place]);
  const repeats = new Map<number, Repeat>();
  for (const same of places.values()) {
    const [first, ...others] = same as [number, ...number[]];
    const truth = questions[first]?.ground_truth;
    const differing = others.find((place) => questions[place]?.ground_truth !== truth);
    if (differing !== undefined) {
      for (const place of same)
        repeats.set(place, { code: "contradiction", other: place === first ? differing : first });
    } else for (const place of others) repeats.set(place, { code: "duplicate-question", other: first });
  }
  return repeats;
}
