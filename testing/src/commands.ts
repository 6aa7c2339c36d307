import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** How a program ended. */
export interface RunResult {
  /** null after a signal that it did not handle. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** A program that may still be running. */
export interface StartedProcess {
  child: ChildProcess;
  /** Resolves when it ends, however that is. */
  ended: Promise<RunResult>;
  /** What it has written to standard error so far. */
  stderr: () => string;
}

export interface ProcessOptions {
  cwd?: string;
  /** Added to our own environment; undefined takes a variable away. */
  env?: Record<string, string | undefined>;
  /** Its standard input; nothing when left out. */
  input?: string;
  /** Whether a shell starts it. */
  shell?: boolean;
}

/** The commands as users run them: the shims and the built JavaScript (`npm test` builds first). */
export const VSI_BUILD = commandFile("vsi-build");
export const VSI_EVAL = commandFile("vsi-eval");
export const VSI_TRAIN = commandFile("vsi-train");

export function startProcess(command: readonly string[], options: ProcessOptions = {}): StartedProcess {
  const { cwd, env, input = "", shell = false } = options;
  const [program = "", ...words] = command;
  const child = spawn(program, words, {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...env },
    shell,
    ...(cwd === undefined ? {} : { cwd }),
  });
  // A program that ends without reading its input closes the pipe, now and then before the write: its exit code tells
  // what it did.
  child.stdin.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  child.stdin.end(input);
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  const ended = new Promise<RunResult>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, ...output }));
  });
  return { child, ended, stderr: () => output.stderr };
}

/** Runs a program to its end. */
export function runProcess(command: readonly string[], options: ProcessOptions = {}): Promise<RunResult> {
  return startProcess(command, options).ended;
}

export function runVsiBuild(
  words: readonly string[],
  options: Pick<ProcessOptions, "cwd" | "env"> = {},
): Promise<RunResult> {
  return runProcess([process.execPath, VSI_BUILD, ...words], options);
}

export function startVsiEval(words: readonly string[], env: Record<string, string> = {}): StartedProcess {
  // Whoever runs the tests may have a key of their own.
  return startProcess([process.execPath, VSI_EVAL, ...words], { env: { OPENAI_API_KEY: undefined, ...env } });
}

export function runVsiEval(words: readonly string[], env: Record<string, string> = {}): Promise<RunResult> {
  return startVsiEval(words, env).ended;
}

export function startVsiTrain(words: readonly string[], env: Record<string, string> = {}): StartedProcess {
  return startProcess([process.execPath, VSI_TRAIN, ...words], { env });
}

/** Without a trainer, unless the environment given names one. */
export function runVsiTrain(words: readonly string[], env: Record<string, string> = {}): Promise<RunResult> {
  return startVsiTrain(words, { VSI_TRAINER_PYTHON: "", XDG_CACHE_HOME: "/nowhere", ...env }).ended;
}

function commandFile(name: string): string {
  return fileURLToPath(new URL(`../../packages/${name}/bin/${name}.js`, import.meta.url));
}
