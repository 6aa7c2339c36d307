export type {
  AuditData,
  MeshHeader,
  Overview,
  QuestionTable,
  RunAnswer,
  RunData,
  SceneData,
  SceneSummary,
  TrainingCurve,
  TrainingData,
  TrainingSample,
} from "./data/contract.ts";
export { VIEW_DEFAULTS, type ViewOptions } from "./data/view.ts";
export { type ServedView, serveView } from "./server/serve.ts";
export { EXPORT_DEFAULTS, type ExportOptions, type ExportReport, exportSite } from "./site/exportSite.ts";
