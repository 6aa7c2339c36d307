import { DatasetError } from "@vsi/dataset";
import { TrainError } from "./errors.ts";

/** Errors whose message is written for the user. */
export const explained = [DatasetError, TrainError];

/** Those about what was typed or pointed at have codes of their own: see below. */
export const usage = [];

/** What the data, the Python or the run that was named are not; everything else is a step that failed. */
export const usageCodes = [
  ...["jsonl-syntax", "jsonl-encoding", "jsonl-line-too-long", "question-record", "question-form"],
  ...["dataset-empty", "question-without-frames", "question-without-reward", "question-special-token"],
  ...["frame-name", "frame-missing", "frame-unreadable", "frame-too-large", "image-place-in-text"],
  ...["python-missing", "python-too-old", "python-without-venv", "processes-unfit", "run-unreadable", "log-syntax"],
];
