export { DATASET_FILES, DATASET_IDENTITY, finishDataset } from "./finishDataset.ts";
export {
  buildWords,
  DATA_FORMATS,
  type DataFormat,
  type DatasetSettings,
  DEFAULT_DATASET_SETTINGS,
  type FrameSettings,
  generateOptionsOf,
  recordedSettings,
  type SplitChoice,
} from "./settings.ts";
export { type DroppedQuestion, writeSubset } from "./subset.ts";
export type { QuestionsSummary } from "./summary.ts";
