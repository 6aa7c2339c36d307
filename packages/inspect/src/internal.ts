/**
 * What the packages of this repository share and promise nobody: it may change with any version.
 *
 * @module
 */
export { auditQuestions, type BlindScore, type QuestionAudit } from "./audit/audit.ts";
export { inThread } from "./audit/thread.ts";
export {
  checkDatasetFolder,
  DATASET_SPLITS,
  MANIFEST_FILE,
  REJECTS_FILE,
  readManifest,
  sceneFile,
  splitFile,
} from "./folder/datasetFolder.ts";
export { readScene } from "./folder/scene.ts";
