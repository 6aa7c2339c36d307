import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { lockHolder, shellWord } from "@vsi/command";

/** See its first lines. */
const LEASH = fileURLToPath(new URL("../../bin/leash.js", import.meta.url));

/** `vsi-train` itself. */
export const VSI_TRAIN: readonly string[] = [
  process.execPath,
  fileURLToPath(new URL("../../bin/vsi-train.js", import.meta.url)),
];

/** A command line as one types it: flags as they are, all else in quotes where a shell would split or change it. */
export function typedCommand(words: readonly string[]): string {
  return words.map((word) => (/^--[\w-]+$/.test(word) ? word : shellWord(word))).join(" ");
}

/** A command that ends with this process, however this process ends. */
export interface LeashedChild {
  process: ChildProcess;
  /** Resolves with its exit code; 128 + the signal's number when it was killed. */
  ended: Promise<number>;
  /** Kills it and all that it started. */
  kill(): Promise<void>;
}

/** @param output where its standard output and error go: file descriptors. */
export function startLeashed(
  command: readonly string[],
  output: { stdout: number; stderr: number },
  env: NodeJS.ProcessEnv = process.env,
): LeashedChild {
  const child = spawn(process.execPath, [LEASH, ...command], {
    stdio: ["pipe", output.stdout, output.stderr],
    env,
    // A signal to this process's group, such as Ctrl-C in a terminal, must not reach it beside what is passed on.
    detached: true,
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 137));
  });
  ended.catch(() => {});
  return {
    process: child,
    ended,
    async kill() {
      child.stdin?.destroy();
      await ended.catch(() => {});
    },
  };
}

/**
 * Runs a command to its end. When `signal` aborts it gets SIGTERM, and may take its time.
 *
 * @returns its exit code.
 * @throws the reason of a signal that was aborted before the start.
 */
export async function runLeashed(
  command: readonly string[],
  output: { stdout: number; stderr: number },
  signal: AbortSignal,
  env?: NodeJS.ProcessEnv,
): Promise<number> {
  signal.throwIfAborted();
  const child = startLeashed(command, output, env);
  const onAbort = (): void => void child.process.kill("SIGTERM");
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await child.ended;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** What a killed study left running is gone at once; this long on a busy machine. */
const LONGEST_FREE_MS = 20_000;

/** Milliseconds between looks. */
const LOOK_EVERY = 50;

/** Waits until nobody holds a folder that a killed study's command had; whoever holds it longer is said by that command. */
export async function waitUntilFree(folder: string): Promise<void> {
  const deadline = performance.now() + LONGEST_FREE_MS;
  while (lockHolder(folder) !== null && performance.now() < deadline) await pause(LOOK_EVERY);
}
