export { ScoringError } from "./errors.ts";
export {
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
export { type PythonLiteral, parsePythonLiteral } from "./pythonLiteral.ts";
export type { ReadAnswer, ReadReason } from "./reader/answerReading.ts";
export { type AnswerQuestion, readAnswer } from "./reader/readAnswer.ts";
export type { AnswerReader, ReaderQuestion } from "./readers/answerReader.ts";
export { READERS, readerNamed } from "./readers/readers.ts";
export { type AccuracyReward, type AnswerTruth, answerAccuracy, numberAccuracy } from "./rewards/accuracy.ts";
export { type CheckedFormat, checkFormat, type FormatGuard } from "./rewards/format.ts";
export { guardReasoning, REASONING_LIMITS, type ReasoningGuard, type ReasoningLimits } from "./rewards/reasoning.ts";
export { type Reward, type RewardMode, type RewardRequest, reward } from "./rewards/reward.ts";
export {
  LENGTH_WORDS,
  REWARD_NAMES,
  REWARDS,
  type RewardDefinition,
  type RewardName,
  type RewardWeights,
} from "./rewards/rewards.ts";
