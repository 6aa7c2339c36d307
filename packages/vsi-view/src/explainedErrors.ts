import { DatasetError } from "@vsi/dataset/node";
import { GeometryError } from "@vsi/geometry";
import { EvaluationError } from "vsi-eval";
import { TrainError } from "vsi-train";

/** Errors whose message is written for the user. */
export const explained = [DatasetError, GeometryError, EvaluationError, TrainError];

/** Those about what was typed or pointed at. */
export const usage = [GeometryError, EvaluationError, TrainError];

/** A dataset's own files. */
export const usageCodes = ["jsonl-syntax", "jsonl-encoding", "jsonl-line-too-long", "manifest-syntax", "scene-syntax"];
