export { findTrainerPython } from "./environment/trainerPython.ts";
export { TrainError, type TrainErrorDetail } from "./errors.ts";
export { type ExportOptions, type ExportReport, exportDataset } from "./export/exportDataset.ts";
export { EXPORT_FORMATS, type ExportFormat, FORMAT_METHODS } from "./export/formats.ts";
export type { RowOptions } from "./rows/prepareRows.ts";
export {
  type DpoRow,
  dpoRow,
  type GrpoRow,
  grpoRow,
  type Message,
  type SftRow,
  sftRow,
  type TrainingRow,
} from "./rows/rows.ts";
export { wrongAnswer } from "./rows/wrongAnswers.ts";
export type { MethodPreset, Preset, PresetSettings, PresetSources } from "./settings/presets.ts";
export { DEFAULT_PRESETS, PRESET_NAMES, PRESETS, type PresetName } from "./settings/presets.ts";
export { type LoraSettings, METHODS, type Method, type RunSettings } from "./settings/runSettings.ts";
