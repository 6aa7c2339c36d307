export { type AnswerMode, type PromptSet, promptText } from "./run/promptText.ts";
export { type RunHooks, runModel } from "./run/runModel.ts";
export { type AnswerSettings, DEFAULT_RUN_OPTIONS, type RunOptions } from "./run/runOptions.ts";
export type { RunReport } from "./run/runReport.ts";
export { type ImagesSeen, RUN_SCHEMA, type RunSettings } from "./run/runSettings.ts";
export { RunStoppedError } from "./runStoppedError.ts";
