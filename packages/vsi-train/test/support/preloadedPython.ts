import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll } from "@jest/globals";

/** A run of the worker that is under way. */
export interface StartedRun {
  stdout: Readable;
  stderr: Readable;
  kill: (signal: NodeJS.Signals) => void;
  /** Its exit status, null after a signal. */
  ended: Promise<number | null>;
}

const SCRIPT = fileURLToPath(new URL("preloadedWorker.py", import.meta.url));

interface Preloaded {
  child: ChildProcess;
  answers: AsyncIterator<string>;
}

/** One for each test file; its runs come one after the other. */
let preloaded: Preloaded | null = null;

afterAll(async () => {
  if (preloaded === null) return;
  const { child } = preloaded;
  preloaded = null;
  child.stdin?.end();
  if (child.exitCode === null) await once(child, "exit");
});

/** Runs `python -m vsi_trainer` in a fork of a process that has its libraries imported already, in the environment that the first run of the test file had. */
export async function forkWorker(
  python: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<StartedRun> {
  preloaded ??= preload(python, env);
  const { child, answers } = preloaded;
  const folder = await mkdtemp(join(tmpdir(), "vsi-fork-"));
  const [stdout, stderr] = [await listen(join(folder, "out")), await listen(join(folder, "err"))];
  child.stdin?.write(`${JSON.stringify({ arguments: words, stdout: stdout.path, stderr: stderr.path })}\n`);
  const { pid } = await nextAnswer(answers);
  const run = { stdout: await stdout.connected, stderr: await stderr.connected };
  const ended = nextAnswer(answers).then(async ({ status }) => {
    await rm(folder, { recursive: true });
    return (status as number) < 0 ? null : (status as number);
  });
  return { ...run, kill: (signal) => void process.kill(pid as number, signal), ended };
}

function preload(python: string, env: NodeJS.ProcessEnv): Preloaded {
  const child = spawn(python, [SCRIPT], { stdio: ["pipe", "pipe", "inherit"], env });
  return { child, answers: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

async function nextAnswer(answers: AsyncIterator<string>): Promise<{ pid?: number; status?: number }> {
  const { value, done } = await answers.next();
  if (done === true) throw new Error("preloadedWorker.py ended before the run did: its words stand above");
  return JSON.parse(value);
}

/** A socket that takes one connection. */
async function listen(path: string): Promise<{ path: string; connected: Promise<Socket> }> {
  const server = createServer();
  const connected = once(server, "connection").then(([socket]) => {
    server.close();
    return socket as Socket;
  });
  server.listen(path);
  await once(server, "listening");
  return { path, connected };
}
