export type { EvalQuestion } from "./benchmark/evalQuestion.ts";
export { BENCHMARK_SPLITS, type BenchmarkSplit, findBenchmarkFile } from "./benchmark/findBenchmarkFile.ts";
export { READ_BENCHMARK_DEFAULTS, type ReadBenchmarkOptions, readBenchmark } from "./benchmark/readBenchmark.ts";
export {
  COMPARISON_SCHEMA,
  type ComparedMetric,
  type Comparison,
  type ComparisonRow,
  compareScores,
} from "./compare/compareScores.ts";
export type { DifferingSetting } from "./compare/differingSettings.ts";
export { type ComparedReport, readScoreReport } from "./compare/readScoreReport.ts";
export { EvaluationError, type EvaluationErrorDetail } from "./evaluationError.ts";
export { readPredictions } from "./predictions/readPredictions.ts";
export {
  PUBLISHED_RESULTS,
  PUBLISHED_SOURCE,
  type PublishedResult,
  VSI_BENCH_QUESTIONS,
} from "./published/publishedResults.ts";
export { type AnswerMode, type PromptSet, promptText } from "./run/promptText.ts";
export { type RunHooks, runModel } from "./run/runModel.ts";
export { type AnswerSettings, DEFAULT_RUN_OPTIONS, type RunOptions } from "./run/runOptions.ts";
export type { RunReport } from "./run/runReport.ts";
export { type ImagesSeen, RUN_SCHEMA, type RunSettings } from "./run/runSettings.ts";
export { RunStoppedError } from "./runStoppedError.ts";
export {
  BOOTSTRAP_DEFAULTS,
  type BootstrapOptions,
  bootstrapIntervals,
  type Interval,
} from "./score/bootstrapIntervals.ts";
export { type ScoredPredictions, scorePredictions } from "./score/scorePredictions.ts";
export type { ScoredAnswer } from "./score/scoreQuestion.ts";
export {
  type QuestionScore,
  SCORE_SCHEMA,
  type ScoreReport,
  type ScoreRow,
  type Scores,
  type UnreadExample,
} from "./score/scoreReport.ts";
export { OFFICIAL_ROWS, type OfficialRow, OTHER_ROWS, ROW_LABELS, type TableRow } from "./score/tableRows.ts";
export type { ScanValue } from "./score/typeMeans.ts";
