import type { ComparedReport } from "../../src/score/compareScores.ts";
import type { QuestionScore } from "../../src/score/scorePredictions.ts";

/** What a comparison reads of a score report. */
export function comparedReport(questions: QuestionScore[], changed: Partial<ComparedReport> = {}): ComparedReport {
  const known = { data: { file: "bench.jsonl", sha256: "0" }, predictions: { file: "p.jsonl" }, settings: {} };
  return { ...known, questions, ...changed };
}

/** A scored counting question, one a scan unless said otherwise. */
export function questionScore(id: number, official: number, changed: Partial<QuestionScore> = {}): QuestionScore {
  return { id: `${id}`, scan: `scannet/${id}`, type: "object_counting", official, robust: official, ...changed };
}
