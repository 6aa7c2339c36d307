import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll } from "@jest/globals";
import type { HostedCommand, HostedResult } from "./commandHost.ts";

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
export const VSI_VIEW = commandFile("vsi-view");

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

/** Runs vsi-build to its end, as all commands here in the process that commandHost.ts describes. */
export function runVsiBuild(
  words: readonly string[],
  options: Pick<ProcessOptions, "cwd" | "env"> = {},
): Promise<RunResult> {
  return runHosted("vsi-build", words, options);
}

/** Whoever runs the tests may have a key of their own. */
const WITHOUT_KEY = { OPENAI_API_KEY: undefined };

/** A process of its own, for what only a process shows: signals, two at once. */
export function startVsiEval(words: readonly string[], env: Record<string, string> = {}): StartedProcess {
  return startProcess([process.execPath, VSI_EVAL, ...words], { env: { ...WITHOUT_KEY, ...env } });
}

export function runVsiEval(words: readonly string[], env: Record<string, string> = {}): Promise<RunResult> {
  return runHosted("vsi-eval", words, { env: { ...WITHOUT_KEY, ...env } });
}

/** A process of its own. */
export function startVsiTrain(words: readonly string[], env: Record<string, string> = {}): StartedProcess {
  return startProcess([process.execPath, VSI_TRAIN, ...words], { env });
}

/** Without a trainer, unless the environment given names one. */
export function runVsiTrain(words: readonly string[], env: Record<string, string> = {}): Promise<RunResult> {
  return runHosted("vsi-train", words, { env: { VSI_TRAINER_PYTHON: "", XDG_CACHE_HOME: "/nowhere", ...env } });
}

/** A process of its own: it serves until a signal. */
export function startVsiView(words: readonly string[], env: Record<string, string> = {}): StartedProcess {
  return startProcess([process.execPath, VSI_VIEW, ...words], { env });
}

export function runVsiView(
  words: readonly string[],
  options: Pick<ProcessOptions, "cwd" | "env"> = {},
): Promise<RunResult> {
  return runHosted("vsi-view", words, options);
}

/** The process where commands run is busy with one of this suite. */
let busy = false;

afterAll(() => {
  // A test that gave up waiting: the next suite gets another process.
  if (busy) host().kill("SIGKILL");
});

/** While the host is busy, a command gets a process of its own. */
async function runHosted(
  name: HostedCommand["name"],
  words: readonly string[],
  { cwd = process.cwd(), env = {} }: Pick<ProcessOptions, "cwd" | "env">,
): Promise<RunResult> {
  if (busy) return runProcess([process.execPath, commandFile(name), ...words], { cwd, env });
  busy = true;
  const child = host();
  const done = new AbortController();
  child.channel?.ref();
  try {
    const environment = Object.entries({ ...process.env, ...env }).filter(([, value]) => value !== undefined);
    const answered = once(child, "message", done) as Promise<[HostedResult]>;
    const ended = once(child, "exit", done).then(([code, signal]) => {
      throw new Error(`A command ended the process of all with ${code ?? signal}: run that one by startProcess`);
    });
    child.send({ name, words, cwd, env: Object.fromEntries(environment) } as HostedCommand);
    const [result] = await Promise.race([answered, ended]);
    return result;
  } finally {
    done.abort();
    child.channel?.unref();
    busy = false;
  }
}

declare global {
  /** A process of this worker of Jest that outlives the suite (jest.environment.js). */
  var keptProcess: (command: readonly string[], env?: NodeJS.ProcessEnv) => ChildProcess;
}

/** Where commands run: one process for all suites of a worker of Jest. */
function host(): ChildProcess {
  return keptProcess([process.execPath, fileURLToPath(new URL("../dist/commandHost.js", import.meta.url))]);
}

function commandFile(name: string): string {
  return fileURLToPath(new URL(`../../packages/${name}/bin/${name}.js`, import.meta.url));
}
