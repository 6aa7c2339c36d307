export { at } from "./at.ts";
export {
  DatasetError,
  type DatasetErrorDetail,
  type FileErrorDetail,
  OptionsError,
  VsiError,
  type VsiErrorDetail,
} from "./errors.ts";
export { MOST_LEVELS, nestsDeeper, shownJson } from "./json.ts";
export { checkOptionNames, closestName, type OptionNames } from "./optionNames.ts";
export { printable, printableLine } from "./printable.ts";
export {
  type AnswerKind,
  type AnswerUnit,
  groupTitle,
  isQuestionType,
  type MetricGroup,
  PROTOCOL_NAMES,
  type ProtocolName,
  QUESTION_TYPE_ROWS,
  QUESTION_TYPES,
  type QuestionType,
  type QuestionTypeRow,
  questionTypeRow,
  type ScanNeed,
  typeNeeds,
  typesInGroup,
  VSI_BENCH_GROUPS,
  VSI_BENCH_TYPES,
  type VsiBenchGroup,
  type VsiBenchType,
} from "./questionTypes.ts";
export {
  balancedSequence,
  drawWithoutRepetition,
  placedAmong,
  type RandomGenerator,
  randomStream,
  seededNumbers,
  shuffled,
} from "./random.ts";
export {
  type Evidence,
  MANIFEST_SCHEMA,
  type Manifest,
  type Question,
  type Reject,
  type VsiBenchRecord,
} from "./records.ts";
export type {
  AxisAlignedBox,
  CameraFacts,
  CameraIntrinsics,
  ExclusionReason,
  FirstSeen,
  OrientedBox,
  Room,
  SampledFrame,
  SceneFacts,
  SceneObject,
  SurfaceDistance,
  Vec3,
  WalkableGrid,
} from "./sceneFacts.ts";
export { type DatasetSplit, physicalRoomOf, type ScanNetSplit, splitOf, VALIDATION_SHARE } from "./splits.ts";
export { median, quantile, sampleEvenly } from "./statistics.ts";
export { describeValue, isRecord, jsonExcerpt, ownValue } from "./values.ts";
