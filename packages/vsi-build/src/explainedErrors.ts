import { BuildStoppedError } from "@vsi/command";
import { DatasetError } from "@vsi/dataset/node";
import { GeometryError } from "@vsi/geometry";
import { SynthError } from "@vsi/synth";

/** Errors whose message is written for the user. */
export const explained = [BuildStoppedError, DatasetError, GeometryError, SynthError];

/** Those about what was typed or pointed at. */
export const usage = [GeometryError, SynthError];

/** A lone file of questions, given to an audit, that is of another kind; damage in a dataset's own files is a failure. */
export const usageCodes = ["question-record"];
