import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
export interface MeasuredRun {
  exitCode: number | null;
  /** What it wrote to standard output. */
  output: string;
  /** What it wrote to standard error. */
  complaint: string;
  /** From start to exit, with the start of Node. */
  seconds: number;
  /** Peak resident memory of the process with its threads, in bytes. */
  peakMemory: number;
}

const preload = new URL("./reportPeakMemory.js", import.meta.url).href;

/** Runs a Node program in a process of its own. @param words its file and its arguments. @param env beside this process's. */
export async function runMeasured(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<MeasuredRun> {
  const start = performance.now();
  const child = spawn(process.execPath, ["--import", preload, ...words], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const [output, complaint, peakMemory, [exitCode]] = await Promise.all([
    text(child.stdout as Readable),
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
    once(child, "close"),
  ]);
  const seconds = (performance.now() - start) / 1000;
  return { exitCode, output, complaint, seconds, peakMemory: Number(peakMemory) };
}
