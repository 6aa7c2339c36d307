/**
 * What the commands of this repository share about their folders and promise nobody: it may change with any version.
 *
 * @module
 */
export { explainStop } from "./errors.ts";
export { checkNotRawScans, checkOutsideDatasets } from "./output/datasetAround.ts";
export { describeNoDataset, hubAdvice, type NoDataset } from "./output/noDataset.ts";
export { clearOldLock } from "./output/oldLock.ts";
export { type FolderAction, planOutputFolder } from "./output/outputFolder.ts";
export {
  isInnerPath,
  isOfGitOrHub,
  LOCK_FILE,
  overlap,
  realPathOf,
  realPathOfSync,
  WORKING_FOLDER,
} from "./output/ownership.ts";
export { isPublishing, placeFile } from "./output/publish.ts";
export { checkOutputFiles } from "./output/reportFile.ts";
export { hashText } from "./output/sealed.ts";
