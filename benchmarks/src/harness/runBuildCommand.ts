import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { BenchmarkError } from "./benchmarkError.ts";

export interface BuildRun {
  /** The raw ScanNet folder. */
  raw: string;
  /** Where a new dataset folder goes. */
  folder: string;
  workers: string;
  /** How many scans it must read, so that no failed build is taken for a fast one. */
  scans: number;
}

export interface BuildCost {
  /** From start to exit, with the start of Node. */
  seconds: number;
  /** Peak resident memory of the process with its threads, in bytes. */
  peakMemory: number;
}

const commandFile = fileURLToPath(new URL("../../../packages/build/bin/vsi-build.js", import.meta.url));
const preload = new URL("./reportPeakMemory.js", import.meta.url).href;

/**
 * Runs `vsi-build` as a user does, in a process of its own.
 * @throws BenchmarkError when it fails or leaves scans out.
 */
export async function runBuildCommand({ raw, folder, workers, scans }: BuildRun): Promise<BuildCost> {
  const out = join(await mkdtemp(join(folder, "build-")), "vsi-100k");
  const flags = ["--scannet", raw, "--out", out, "--workers", workers, "--json", "--log-level", "error"];
  const start = performance.now();
  const child = spawn(process.execPath, ["--import", preload, commandFile, ...flags], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const [report, complaint, peakMemory, [exitCode]] = await Promise.all([
    text(child.stdout as Readable),
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
    once(child, "close"),
  ]);
  const seconds = (performance.now() - start) / 1000;
  const scansRead = exitCode === 0 ? (JSON.parse(report) as { scans_read: number }).scans_read : 0;
  if (scansRead !== scans) {
    throw new BenchmarkError({
      place: `vsi-build --workers ${workers}`,
      got: `exit code ${exitCode}, ${scansRead} scans read: ${complaint.trim()}`,
      expected: `${scans} scans`,
      advice: "Correct vsi-build first: a build that fails is no measure of its speed.",
    });
  }
  return { seconds, peakMemory: Number(peakMemory) };
}
