/**
 * What the packages of this repository share and promise nobody: it may change with any version.
 *
 * @module
 */
export { CURVES } from "./report/curves.ts";
export { type Run, readRun } from "./report/report.ts";
export { metricsOf } from "./run/alarms.ts";
