import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
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

/** @param output where its standard output and error go: file descriptors, or a pipe to this process. */
export function startLeashed(
  command: readonly string[],
  output: { stdout: number | "pipe"; stderr: number },
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

/** Once a command has ended, what it printed is read at once; milliseconds for what it left running and holds the pipe. */
const LONGEST_AFTER_END = 1000;

/**
 * Runs a command to its end, all of whose output goes to this process's standard error. When `signal` aborts it gets
 * SIGTERM, and may take its time.
 *
 * @returns its exit code.
 * @throws the reason of a signal that was aborted before the start.
 */
export async function runLeashed(command: readonly string[], signal: AbortSignal): Promise<number> {
  signal.throwIfAborted();
  // Not by the descriptor: to the command its closing lines are results, which it fails without, here they are progress,
  // which a full disk or a closed terminal may lose.
  const child = startLeashed(command, { stdout: "pipe", stderr: 2 });
  const { stdout } = child.process;
  stdout?.on("data", (bytes: Buffer) => process.stderr.write(bytes));
  const onAbort = (): void => void child.process.kill("SIGTERM");
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    const exitCode = await child.ended;
    if (stdout !== null && !stdout.closed) {
      await once(stdout, "close", { signal: AbortSignal.timeout(LONGEST_AFTER_END) }).catch(() => stdout.destroy());
    }
    return exitCode;
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
