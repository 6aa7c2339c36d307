import { BuildStoppedError } from "@vsi/command";
import { DatasetError } from "@vsi/dataset/node";
import { GeometryError } from "@vsi/geometry";
import { SynthError } from "@vsi/synth";

/** Errors whose message is written for the user. */
export const explained = [BuildStoppedError, DatasetError, GeometryError, SynthError];

/** Those about what was typed or pointed at. */
export const usage = [GeometryError, SynthError];
