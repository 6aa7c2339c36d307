import { DatasetError } from "@vsi/dataset";
import { TrainError } from "./errors.ts";

/** Errors whose message is written for the user. */
export const explained = [DatasetError, TrainError];

/** Those about what was typed or pointed at: none. */
export const usage = [];
