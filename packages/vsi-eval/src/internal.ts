/**
 * What the packages of this repository share and promise nobody: it may change with any version.
 *
 * @module
 */
export { limitOf } from "./answered.ts";
export { findPredictionsFile } from "./predictions.ts";
export { readRecords } from "./records.ts";
export { readSettings } from "./settings.ts";
