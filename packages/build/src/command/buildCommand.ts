import type { Main } from "@vsi/command";
import { DatasetError } from "@vsi/dataset/node";
import { GeometryError } from "@vsi/geometry";
import { SynthError } from "@vsi/synth";
import { BuildStoppedError } from "../buildStoppedError.ts";
import { ownVersion } from "../output/packageVersions.ts";
import { registerCommands } from "./registerCommands.ts";

/** The command `vsi-build` as it is started and tested. */
export async function buildCommand(): Promise<Main> {
  return {
    name: "vsi-build",
    version: await ownVersion(),
    register: registerCommands,
    epilogue:
      "Exit codes: 0 done, 1 a scan was skipped, the build had to stop or verify found a problem, 2 wrong usage, 130 or 143 after a signal.",
    explainedErrors: [BuildStoppedError, DatasetError, GeometryError, SynthError],
    usageErrors: [GeometryError, SynthError],
    afterInterruption: "The finished scans are kept: go on with --resume.",
  };
}
