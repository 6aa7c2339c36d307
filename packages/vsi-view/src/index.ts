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
export { SERVE_DEFAULTS, type ServedView, type ServeOptions, serveView } from "./server/serve.ts";
export {
  EXPORT_DEFAULTS,
  type ExportHooks,
  type ExportOptions,
  type ExportReport,
  exportSite,
} from "./site/exportSite.ts";
