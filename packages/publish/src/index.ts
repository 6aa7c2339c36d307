export { buildWords } from "./card/datasetCard.ts";
export {
  DATA_FORMATS,
  type DataFormat,
  type DatasetSettings,
  DEFAULT_DATASET_SETTINGS,
  type FrameSettings,
  recordedSettings,
  type SplitChoice,
} from "./settings.ts";
export type { QuestionsSummary } from "./summary.ts";
export { capsFor, TARGET_NAMES, TARGETS, type Target } from "./targets.ts";
export { type DroppedQuestion, finishDataset, writeSubset } from "./writeDataset.ts";
