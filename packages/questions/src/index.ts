export type { Marks, PlanLine, PlanPoint } from "@vsi/dataset/internal";
export type { ScenePool } from "./balance/pools.ts";
export {
  DISTANCE_KINDS,
  type DistanceKind,
  LABEL_KINDS,
  type LabelKind,
  RULES_NAMES,
  type RulesName,
} from "./choices.ts";
export {
  type CustomDraft,
  type CustomOptions,
  type CustomQuestion,
  type CustomQuestionType,
  type CustomRefusal,
  type CustomReject,
  type CustomScene,
  generateCustomQuestions,
} from "./customQuestions.ts";
export { type MeasuredPoints, measuredPoints } from "./distances.ts";
export { FactsError, OptionsError, QueryError, QuestionsError } from "./errors.ts";
export { describeEvidence, marksOf, traceOf } from "./explain.ts";
export {
  type GeneratedQuestions,
  generateQuestions,
  generateSceneQuestions,
  questionId,
  type SceneQuestions,
} from "./generateQuestions.ts";
export { DEFAULT_GENERATE_OPTIONS, type GenerateOptions } from "./options.ts";
export type { Protocol } from "./protocols/protocol.ts";
export { PROTOCOL_NAMES, PROTOCOLS, type ProtocolName, protocolTypes } from "./protocols/protocols.ts";
export { type AnswerOptions, answerQuery, type QueryAnswer } from "./queries/answerQuery.ts";
export { type ParseOptions, parseQuestion } from "./queries/parseQuestion.ts";
export { phraseQuery } from "./queries/phraseQuery.ts";
export { queryRefusal, type RefusalOptions } from "./queries/queryRefusal.ts";
export { WORDING_NAMES, type WordingName } from "./queries/wordings.ts";
export type { RouteRules } from "./routes/planner.ts";
export {
  type ScanQuestions,
  type SelectedQuestions,
  type Selection,
  type SelectOptions,
  selectQuestions,
} from "./selectQuestions.ts";
export { TARGET_NAMES, TARGETS, type Target, type TargetName } from "./targets.ts";
export type { AbsDistanceQuery, RoomSizeQuery, SizeQuery } from "./types/measures.ts";
export type { AppearanceOrderQuery } from "./types/objAppearanceOrder.ts";
export type { CountingQuery } from "./types/objectCounting.ts";
export type { DirectionType, RelDirectionQuery } from "./types/objectRelDirection.ts";
export type { RelDistanceQuery } from "./types/objectRelDistance.ts";
export type { ProtocolRules, ShownFrame, ShownScene } from "./types/questionType.ts";
export type { Query } from "./types/registry.ts";
export type { RouteAction, RouteQuery } from "./types/routeQuery.ts";
