export { distanceKindOf } from "./distances/distanceKindOf.ts";
export {
  DISTANCE_KINDS,
  type DistanceKind,
  type ObjectDistance,
  objectDistances,
} from "./distances/objectDistances.ts";
export * from "./errors/factsError.ts";
export * from "./errors/optionsError.ts";
export * from "./errors/queryError.ts";
export * from "./errors/questionsError.ts";
export * from "./generateOptions.ts";
export * from "./generateQuestions.ts";
export * from "./protocols/protocol.ts";
export * from "./protocols/protocols.ts";
export * from "./protocols/vsi100k.ts";
export * from "./protocols/vsiBench.ts";
export * from "./queries/answerQuery.ts";
export * from "./queries/matchTemplate.ts";
export * from "./queries/parseQuestion.ts";
export * from "./queries/query.ts";
export type { RouteRules } from "./routes/routeRules.ts";
export { LABEL_KINDS, type LabelKind } from "./scene/scene.ts";
export type { DirectionType } from "./tasks/directionSectors.ts";
export * from "./text/questionId.ts";
