export { DATASET_FILES, DATASET_IDENTITY, finishDataset } from "./finishDataset.ts";
export { DATA_FORMATS, type SplitChoice } from "./flags.ts";
export {
  buildWords,
  type DataFormat,
  type DatasetSettings,
  DEFAULT_DATASET_SETTINGS,
  type FrameSettings,
  generateOptionsOf,
  recordedSettings,
  settingsOf,
} from "./settings.ts";
export { type DroppedQuestion, writeSubset } from "./subset.ts";
export type { QuestionsSummary } from "./summary.ts";
