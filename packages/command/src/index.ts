export { BuildStoppedError, explainFileError, UsageError } from "./errors.ts";
export { LOG_LEVELS, type LogLevel } from "./logLevels.ts";
export { type FolderLock, lockFile, lockFolder, lockHolder } from "./output/lock.ts";
export { type FolderIdentity, type OutputFolderOptions, openOutputFolder } from "./output/outputFolder.ts";
export { type OutputFolder, publish } from "./output/publish.ts";
export { checkReadable } from "./output/readable.ts";
export { checkReportFile, type ReportFile, writeReportFile } from "./output/reportFile.ts";
export { readSealed, writeSealed } from "./output/sealed.ts";
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
