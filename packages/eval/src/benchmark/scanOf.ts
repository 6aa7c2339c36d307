import type { EvalQuestion } from "./evalQuestion.ts";

/** The scan that a question is about, by one name: dataset and scene_name with a slash between. */
export function scanOf({ dataset, scene_name }: Pick<EvalQuestion, "dataset" | "scene_name">): string {
  return `${dataset}/${scene_name}`;
}
