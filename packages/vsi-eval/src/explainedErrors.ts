import { DatasetError } from "@vsi/dataset/node";
import { EvaluationError, RunStoppedError } from "./errors.ts";

/** Errors whose message is written for the user. */
export const explained = [EvaluationError, RunStoppedError, DatasetError];

/** Those about what was typed or pointed at. */
export const usage = [EvaluationError];
