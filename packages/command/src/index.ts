export { BuildStoppedError, explainFileError, explainStop, UsageError } from "./errors.ts";
export { checkFlagValues, commonFlags, readConfig, splitAtCommas, wholeNumber } from "./flags.ts";
export { type FolderLock, LOCK_FILE, lockFolder } from "./output/lock.ts";
export { clearOldLock } from "./output/oldLock.ts";
export { checkReadable } from "./output/readable.ts";
export {
  type OutputFolder,
  openOutputFolder,
  placeFile,
  publish,
  WORKING_FOLDER,
} from "./outputFolder.ts";
export {
  createLog,
  formatDuration,
  LOG_LEVELS,
  type Log,
  type LogLevel,
  type Progress,
  type ProgressStyle,
  progressStyle,
  startProgress,
} from "./progress.ts";
export {
  type CommandLine,
  Interruption,
  listenForSignals,
  type Main,
  packageVersion,
  runCommandLine,
  runMain,
  SIGNAL_EXIT_CODES,
  type Signal,
} from "./run.ts";
