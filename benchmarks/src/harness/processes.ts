import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { commandFile, NOW, type Version } from "./before.ts";
import { BenchmarkError } from "./errors.ts";

interface MeasuredRun {
  exitCode: number | null;
  /** What it wrote to standard output. */
  output: string;
  /** What it wrote to standard error. */
  complaint: string;
  /** From start to exit, with the start of Node. */
  seconds: number;
  /** Peak resident memory of the process with its threads, in bytes. */
  peakMemory: number;
  /** User and system time of all its threads, milliseconds; with the start of Node. */
  cpu: number;
}

const preload = fileURLToPath(new URL("./reportCost.cjs", import.meta.url));

/**
 * Runs a Node program in a process of its own. @param words its file and its arguments. @param env beside this
 * process's.
 */
export async function runMeasured(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<MeasuredRun> {
  const start = performance.now();
  const child = spawn(process.execPath, ["--require", preload, ...words], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const [output, complaint, cost, [exitCode]] = await Promise.all([
    text(child.stdout as Readable),
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
    once(child, "close"),
  ]);
  const seconds = (performance.now() - start) / 1000;
  // Nothing where a signal ended it.
  const { peakMemory = Number.NaN, cpu = Number.NaN } = cost === "" ? {} : (JSON.parse(cost) as Partial<MeasuredRun>);
  return { exitCode, output, complaint, seconds, peakMemory, cpu };
}

/** One of the `contenders` that a module exports. */
interface MemorySubject {
  /** The module's `import.meta.url`. */
  module: string;
  name: string;
  /** Given to the contender. */
  folder: string;
}

const processFile = fileURLToPath(new URL("./singleRunProcess.js", import.meta.url));

/**
 * Prepares a contender and runs it once, in a process of its own.
 * @returns peak resident memory of the process in bytes, with Node's own.
 * @throws BenchmarkError when it fails.
 */
export async function peakMemoryOf({ module, name, folder }: MemorySubject): Promise<number> {
  const { exitCode, complaint, peakMemory } = await runMeasured([processFile, module, name, folder]);
  if (exitCode === 0) return peakMemory;
  throw new BenchmarkError({
    place: name,
    got: `exit code ${exitCode}: ${complaint.trim()}`,
    expected: "a run to its end",
    advice: "Correct the contender.",
  });
}

interface BuildRun {
  /** Whose vsi-build; this checkout's unless told. */
  version?: Version;
  /** The raw ScanNet folder. */
  raw: string;
  /** Where a new dataset folder goes. */
  folder: string;
  workers: string;
  /** How many scans it must read, so that no failed build is taken for a fast one. */
  scans: number;
  /** More flags. */
  flags?: readonly string[];
}

/**
 * Runs `vsi-build` as a user does, in a process of its own.
 * @throws BenchmarkError when it fails or leaves scans out.
 */
export async function runBuildCommand({
  version = NOW,
  raw,
  folder,
  workers,
  scans,
  flags: more = [],
}: BuildRun): Promise<MeasuredRun> {
  const out = join(await mkdtemp(join(folder, "build-")), "vsi-100k");
  const flags = ["--scannet", raw, "--out", out, "--workers", workers, "--json", "--log-level", "error", ...more];
  const run = await runMeasured([commandFile(version, "vsi-build"), ...flags]);
  const { exitCode, output, complaint } = run;
  const scansRead = exitCode === 0 ? (JSON.parse(output) as { scans_read: number }).scans_read : 0;
  if (scansRead === scans) return run;
  throw new BenchmarkError({
    place: `vsi-build --workers ${workers}`,
    got: [`exit code ${exitCode}, ${scansRead} scans read`, complaint.trim()].filter(Boolean).join(": "),
    expected: `${scans} scans`,
    advice: "Correct vsi-build first: a build that fails is no measure of its speed.",
  });
}
