import type { QuestionType } from "@vsi/dataset";

/** Where a type's picture is, below the dataset folder. */
export function chartPath(type: QuestionType): string {
  return `card/${type}.svg`;
}
