import type { AuditQuestion } from "../questions/auditQuestion.ts";
import { countBy } from "./countBy.ts";

/** Answers by what was most often right: of the candidates, or of all numbers. Ties go to the candidate listed first, or the smaller number. */
export function majorityAnswer(training: readonly AuditQuestion[]): (question: AuditQuestion) => string | number {
  const rights = countBy(training.map(({ truth }) => truth));
  const [mostCommon] = [...rights].sort(([a, timesA], [b, timesB]) => timesB - timesA || Number(a) - Number(b));
  return ({ candidates }) => {
    if (candidates.length === 0) return Number(mostCommon?.[0]);
    return candidates.reduce((best, candidate) =>
      (rights.get(candidate) ?? 0) > (rights.get(best) ?? 0) ? candidate : best,
    );
  };
}
