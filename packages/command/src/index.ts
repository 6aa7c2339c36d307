export { BuildStoppedError, explainFileError, explainStop, UsageError } from "./errors.ts";
export { LOG_LEVELS, type LogLevel } from "./logLevels.ts";
export { checkNotRawScans, checkOutsideDatasets } from "./output/datasetAround.ts";
export { type FolderLock, lockFile, lockFolder, lockHolder } from "./output/lock.ts";
export { describeNoDataset, type NoDataset } from "./output/noDataset.ts";
export { clearOldLock } from "./output/oldLock.ts";
export { type FolderIdentity, type OutputFolderOptions, openOutputFolder } from "./output/outputFolder.ts";
export { isInnerPath, isOfGitOrHub, LOCK_FILE, overlap, WORKING_FOLDER } from "./output/ownership.ts";
export { isPublishing, type OutputFolder, placeFile, publish } from "./output/publish.ts";
export { checkReadable } from "./output/readable.ts";
export { checkReportFile, type ReportFile, writeReportFile } from "./output/reportFile.ts";
export { hashText, readSealed, writeSealed } from "./output/sealed.ts";
export { packageVersion } from "./program/program.ts";
export {
  Interruption,
  inOneGo,
  listenForSignals,
  SIGNAL_EXIT_CODES,
  type Signal,
} from "./program/signals.ts";
export {
  createLog,
  formatDuration,
  type Log,
  type Progress,
  type ProgressStyle,
  progressStyle,
  startProgress,
} from "./progress.ts";
export { shellWord } from "./shellWord.ts";
