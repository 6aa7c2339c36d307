import type { AuditQuestion } from "../questions/auditQuestion.ts";
import { countBy } from "./countBy.ts";

/** Answers by the place in the list that was most often right; the last one where a list is shorter. */
export function commonPosition(training: readonly AuditQuestion[]): (question: AuditQuestion) => string {
  const rights = countBy(training.map(({ candidates, truth }) => candidates.indexOf(truth)).filter((at) => at >= 0));
  const [mostCommon] = [...rights].sort(([a, timesA], [b, timesB]) => timesB - timesA || a - b);
  const position = mostCommon?.[0] ?? 0;
  return ({ candidates }) => candidates[Math.min(position, candidates.length - 1)]!;
}
