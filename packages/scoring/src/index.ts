export { MEAN_RELATIVE_ACCURACY_THRESHOLDS, meanRelativeAccuracy } from "./official/meanRelativeAccuracy.ts";
export { officialAnswer } from "./official/officialAnswer.ts";
export {
  OFFICIAL_TASKS,
  type OfficialTable,
  type OfficialTask,
  officialTable,
  type ScoredQuestion,
} from "./official/officialTable.ts";
export { pythonFloat } from "./official/pythonFloat.ts";
export { type OfficialQuestion, scoreOfficial } from "./official/scoreOfficial.ts";
export { type AnswerUnit, answerUnit, QUESTION_TYPES, type QuestionType } from "./questionType.ts";
export type { ReadAnswer, ReadReason } from "./reader/answerReading.ts";
export { type AnswerText, findAnswerText } from "./reader/findAnswerText.ts";
export type { AnswerQuestion } from "./reader/prepareQuestion.ts";
export { LONGEST_ANSWER, readAnswer } from "./reader/readAnswer.ts";
export { type AnswerTruth, answerAccuracy } from "./rewards/answerAccuracy.ts";
export { type CheckedFormat, checkFormat, type FormatGuard, type RewardMode } from "./rewards/checkFormat.ts";
export {
  guardReasoning,
  REASONING_LIMITS,
  type ReasoningGuard,
  type ReasoningLimits,
} from "./rewards/guardReasoning.ts";
export { type AccuracyReward, numberAccuracy } from "./rewards/numberAccuracy.ts";
export { REWARD_DEFAULTS, type Reward, type RewardRequest, reward } from "./rewards/reward.ts";
export { ScoringError, type ScoringErrorDetail } from "./scoringError.ts";
