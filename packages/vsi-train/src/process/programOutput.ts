import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { at } from "@vsi/dataset/internal";

/** How a short program ended. `exitCode` is null when it was killed or could not be started; `failure` says why. */
interface CapturedOutput {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  failure: string | null;
}

/**
 * Five minutes: importing torch takes 10 to 30 seconds, and took more than a minute on two cores that thirty processes
 * shared. A program that hangs must not hang the command.
 */
const LONGEST_SECONDS = 300;

/** Why a program failed, in the last of its own words; its exit code where it said nothing. */
export function lastWords({ failure, stderr, exitCode }: Omit<CapturedOutput, "stdout">): string {
  return failure ?? (stderr.trim().split("\n").at(-1) || `exit code ${exitCode}`);
}

/** A program's path, in the first folder of the PATH that has it; null where none has. */
export function findProgram(name: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** Runs a program with a short output, such as `git status`. Never throws. */
export async function captureOutput(
  command: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
  longestSeconds: number = LONGEST_SECONDS,
): Promise<CapturedOutput> {
  const child = spawn(at(command, 0), command.slice(1), {
    stdio: ["ignore", "pipe", "pipe"],
    // Not spawn's own timeout: its timer outlives a program that could not be started, and delays the command's exit.
    signal: AbortSignal.timeout(longestSeconds * 1000),
    killSignal: "SIGKILL",
    ...options,
  });
  const ended = new Promise<Pick<CapturedOutput, "exitCode" | "failure">>((resolve) => {
    child.once("error", (error) =>
      resolve({
        exitCode: null,
        failure: error.name === "AbortError" ? `not done after ${longestSeconds} seconds` : error.message,
      }),
    );
    child.once("close", (exitCode, signal) =>
      resolve({ exitCode, failure: signal === null ? null : `ended by ${signal}` }),
    );
  });
  const [stdout, stderr, end] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { stdout, stderr, ...end };
}

/** 64 KiB: some hundred lines; a log may be gigabytes long. */
const TAIL_BYTES = 64 * 1024;

/** The last lines of a text file, blank ones left out; none when it cannot be read. */
export async function lastLines(path: string, count: number, from = 0): Promise<string[]> {
  const file = await open(path).catch(() => null);
  if (file === null) return [];
  try {
    const { size } = await file.stat();
    const start = Math.max(from, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, TAIL_BYTES)), 0, null, start);
    const lines = buffer.toString("utf8", 0, bytesRead).split(/\r?\n|\r/);
    return lines.filter((line) => line.trim() !== "").slice(-count);
  } finally {
    await file.close();
  }
}
