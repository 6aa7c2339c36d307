import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BenchmarkError } from "./benchmarkError.ts";
import { type MeasuredRun, runMeasured } from "./runMeasured.ts";
export interface BuildRun {
  /** The raw ScanNet folder. */
  raw: string;
  /** Where a new dataset folder goes. */
  folder: string;
  workers: string;
  /** How many scans it must read, so that no failed build is taken for a fast one. */
  scans: number;
}

const commandFile = fileURLToPath(new URL("../../../packages/vsi-build/bin/vsi-build.js", import.meta.url));

/**
 * Runs `vsi-build` as a user does, in a process of its own.
 * @throws BenchmarkError when it fails or leaves scans out.
 */
export async function runBuildCommand({ raw, folder, workers, scans }: BuildRun): Promise<MeasuredRun> {
  const out = join(await mkdtemp(join(folder, "build-")), "vsi-100k");
  const flags = ["--scannet", raw, "--out", out, "--workers", workers, "--json", "--log-level", "error"];
  const run = await runMeasured([commandFile, ...flags]);
  const { exitCode, output, complaint } = run;
  const scansRead = exitCode === 0 ? (JSON.parse(output) as { scans_read: number }).scans_read : 0;
  if (scansRead === scans) return run;
  throw new BenchmarkError({
    place: `vsi-build --workers ${workers}`,
    got: `exit code ${exitCode}, ${scansRead} scans read: ${complaint.trim()}`,
    expected: `${scans} scans`,
    advice: "Correct vsi-build first: a build that fails is no measure of its speed.",
  });
}
