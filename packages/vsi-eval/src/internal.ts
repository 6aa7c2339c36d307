/**
 * What the packages of this repository share and promise nobody: it may change with any version.
 *
 * @module
 */
export { findPredictionsFile } from "./predictions.ts";
export { readSettings } from "./settings.ts";
