import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export interface RunResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** The command as users run it: the shim and the built JavaScript (`npm test` builds first). */
const VSI_TRAIN = fileURLToPath(new URL("../../bin/vsi-train.js", import.meta.url));

/** Runs a program to its end, with this text as its standard input. */
export async function runProcess(
  command: readonly string[],
  options: { input?: string; env?: Record<string, string> } = {},
): Promise<RunResult> {
  const child = spawn(command[0]!, command.slice(1), { env: { ...process.env, ...options.env } });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  // A program that ends without reading its input closes the pipe, now and then before the write: its exit code tells what it did.
  child.stdin.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  child.stdin.end(options.input ?? "");
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { exitCode, stdout, stderr };
}

/** Runs the built command without a trainer, unless the environment given names one. */
export function runVsiTrain(words: readonly string[], env: Record<string, string> = {}): Promise<RunResult> {
  const nowhere = { VSI_TRAINER_PYTHON: "", XDG_CACHE_HOME: "/nowhere" };
  return runProcess([process.execPath, VSI_TRAIN, ...words], { env: { ...nowhere, ...env } });
}

/** Starts the built command; `ended` waits for its end. */
export function startVsiTrain(words: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [VSI_TRAIN, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<RunResult>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return { child, ended, stderr: () => stderr };
}
