export { DatasetError, type FileErrorDetail, OptionsError, VsiError, type VsiErrorDetail } from "./errors.ts";
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
export { drawWithoutRepetition, type RandomGenerator, randomStream, shuffled } from "./random.ts";
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
  UnposedFrames,
  Vec3,
  WalkableGrid,
} from "./sceneFacts.ts";
export {
  type DatasetSplit,
  isTestRoom,
  physicalRoomOf,
  type ScanNetSplit,
  type SplitLists,
  type StatedRoom,
  splitOf,
  splitOfAnyScene,
} from "./splits.ts";
export { sampleEvenly } from "./statistics.ts";
