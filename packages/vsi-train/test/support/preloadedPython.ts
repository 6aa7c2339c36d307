import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { madeOnce } from "@vsi/testing/madeOnce";

/** A run of the worker that is under way. */
export interface StartedRun {
  stdout: Readable;
  stderr: Readable;
  kill: (signal: NodeJS.Signals) => void;
  /** Its exit status, null after a signal. */
  ended: Promise<number | null>;
}

/** What Python is to run: a module by its name, a file, or the text of a program. */
export type Program = { module: string } | { file: string } | { code: string };

const SCRIPT = fileURLToPath(new URL("preloadedPython.py", import.meta.url));

/** How often a suite looks whether the libraries are imported: little beside the seconds that it takes. */
const LOOK_MS = 50;

/**
 * Runs a program in a fork of a process that has the worker's libraries imported already. All suites share that process,
 * in the environment that the first one had.
 */
export async function forkPython(
  python: string,
  program: Program,
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<StartedRun> {
  const path = await preload(python, env);
  const folder = await mkdtemp(join(tmpdir(), "vsi-fork-"));
  const [stdout, stderr] = [await listen(join(folder, "out")), await listen(join(folder, "err"))];
  const control = connect(path);
  const answers = createInterface({ input: control })[Symbol.asyncIterator]();
  control.write(`${JSON.stringify({ program, arguments: words, stdout: stdout.path, stderr: stderr.path })}\n`);
  const { pid } = await nextAnswer(answers);
  const run = { stdout: await stdout.connected, stderr: await stderr.connected };
  const ended = nextAnswer(answers).then(async ({ status }) => {
    control.destroy();
    await rm(folder, { recursive: true });
    return (status as number) < 0 ? null : (status as number);
  });
  return { ...run, kill: (signal) => void process.kill(pid as number, signal), ended };
}

/** @returns the socket of the process that forks, which is there once the libraries are imported. */
async function preload(python: string, env: NodeJS.ProcessEnv): Promise<string> {
  const folder = await madeOnce("preloaded-python", async (made) => {
    const child = keptProcess([python, SCRIPT, join(made, "socket")], env);
    while (!existsSync(join(made, "socket"))) {
      if (child.exitCode !== null) throw new Error(`${SCRIPT} ended with ${child.exitCode}: its words stand above`);
      await wait(LOOK_MS);
    }
  });
  return join(folder, "socket");
}

async function nextAnswer(answers: AsyncIterator<string>): Promise<{ pid?: number; status?: number }> {
  const { value, done } = await answers.next();
  if (done === true) throw new Error("preloadedPython.py ended before the run did: its words stand above");
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
