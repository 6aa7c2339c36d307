export { type AnswerUnit, VSI_BENCH_TYPES, type VsiBenchType } from "@vsi/dataset";
export { ScoringError, type ScoringErrorDetail } from "./errors.ts";
export {
  MEAN_RELATIVE_ACCURACY_THRESHOLDS,
  meanRelativeAccuracy,
  OFFICIAL_TASKS,
  type OfficialQuestion,
  type OfficialTable,
  type OfficialTask,
  officialAnswer,
  officialTable,
  type ScoredQuestion,
  scoreOfficial,
} from "./official.ts";
export { pythonFloat } from "./python.ts";
export { answerUnit } from "./questionType.ts";
export type { ReadAnswer, ReadReason } from "./reader/answerReading.ts";
export { type AnswerText, findAnswerText } from "./reader/answerText.ts";
export { type AnswerQuestion, LONGEST_ANSWER, readAnswer } from "./reader/readAnswer.ts";
export { type AccuracyReward, type AnswerTruth, answerAccuracy, numberAccuracy } from "./rewards/accuracy.ts";
export { type CheckedFormat, checkFormat, type FormatGuard } from "./rewards/format.ts";
export { guardReasoning, REASONING_LIMITS, type ReasoningGuard, type ReasoningLimits } from "./rewards/reasoning.ts";
export { REWARD_DEFAULTS, type Reward, type RewardMode, type RewardRequest, reward } from "./rewards/reward.ts";
