export type { Selection } from "./answered.ts";
export { READ_BENCHMARK_DEFAULTS, type ReadBenchmarkOptions, readBenchmark } from "./benchmark.ts";
export { BENCHMARK_SPLITS, type BenchmarkSplit, findBenchmarkFile } from "./benchmarkFile.ts";
export { EvaluationError, type EvaluationErrorDetail, RunStoppedError } from "./errors.ts";
export type { EvalQuestion } from "./evalQuestion.ts";
export { readPredictions } from "./predictions.ts";
export { type RunHooks, type RunReport, runModel } from "./run/runModel.ts";
export {
  type AnswerMode,
  type AnswerSettings,
  DEFAULT_RUN_OPTIONS,
  type PromptSet,
  promptText,
  type RunOptions,
} from "./run/runOptions.ts";
export { type ImagesSeen, RUN_SCHEMA, type RunSettings } from "./run/runSettings.ts";
export { type FramesShown, OTHER_FRAMES } from "./run/shownFrames.ts";
export {
  type ComparedRun,
  compareRuns,
  type FlippedQuestion,
  RUNS_SCHEMA,
  type RunScore,
  type RunsComparison,
  type RunsRow,
} from "./score/compareRuns.ts";
export {
  COMPARISON_SCHEMA,
  type ComparedMetric,
  type ComparedReport,
  type Comparison,
  type ComparisonRow,
  compareScores,
  type DifferingSetting,
  readScoreReport,
} from "./score/compareScores.ts";
export {
  BOOTSTRAP_DEFAULTS,
  type BootstrapOptions,
  bootstrapIntervals,
  type Interval,
  type ScanValue,
} from "./score/intervals.ts";
export { compareLooks, LOOKS_SCHEMA, type Look, type LooksReport } from "./score/looks.ts";
export {
  PUBLISHED_RESULTS,
  PUBLISHED_SOURCE,
  type PublishedResult,
  VSI_BENCH_QUESTIONS,
} from "./score/publishedResults.ts";
export {
  type QuestionScore,
  type ReaderScore,
  type ReaderShown,
  SCORE_SCHEMA,
  type ScoredAnswer,
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
  rowLabel,
  type TableRow,
} from "./score/tableRows.ts";
export { BENCHMARK_SUBSETS, type BenchmarkSubset } from "./subsets.ts";
