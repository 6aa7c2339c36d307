export {
  BENCHMARK_SPLITS,
  type BenchmarkSplit,
  type EvalQuestion,
  findBenchmarkFile,
  READ_BENCHMARK_DEFAULTS,
  type ReadBenchmarkOptions,
  readBenchmark,
} from "./benchmark.ts";
export {
  COMPARISON_SCHEMA,
  type ComparedMetric,
  type ComparedReport,
  type Comparison,
  type ComparisonRow,
  compareScores,
  type DifferingSetting,
  readScoreReport,
} from "./compare/compareScores.ts";
export { EvaluationError, type EvaluationErrorDetail, RunStoppedError } from "./errors.ts";
export {
  PUBLISHED_RESULTS,
  PUBLISHED_SOURCE,
  type PublishedResult,
  VSI_BENCH_QUESTIONS,
} from "./published/publishedResults.ts";
export { readPredictions } from "./readPredictions.ts";
export { type ImagesSeen, RUN_SCHEMA, type RunSettings } from "./run/folder.ts";
export type { RunReport } from "./run/planRun.ts";
export { type RunHooks, runModel } from "./run/runModel.ts";
export {
  type AnswerMode,
  type AnswerSettings,
  DEFAULT_RUN_OPTIONS,
  type PromptSet,
  promptText,
  type RunOptions,
} from "./run/runOptions.ts";
export {
  BOOTSTRAP_DEFAULTS,
  type BootstrapOptions,
  bootstrapIntervals,
  type Interval,
  type ScanValue,
} from "./score/intervals.ts";
export {
  type QuestionScore,
  SCORE_SCHEMA,
  type ScoredPredictions,
  type ScoreReport,
  type ScoreRow,
  type Scores,
  scorePredictions,
  type UnreadExample,
} from "./score/scorePredictions.ts";
export {
  OFFICIAL_ROWS,
  type OfficialRow,
  OTHER_ROWS,
  ROW_LABELS,
  type ScoredAnswer,
  type TableRow,
} from "./score/tableRows.ts";
