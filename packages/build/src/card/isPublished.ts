import type { QuestionsSummary } from "./summarizeQuestions.ts";

/**
 * Whether a dataset was made from VSI-Bench's published scene facts: only these make a test split, because ScanNet's own
 * test scans have no annotation.
 */
export function isPublished({ splits }: Pick<QuestionsSummary, "splits">): boolean {
  return splits.some(({ split }) => split === "test");
}
