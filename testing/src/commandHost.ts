/**
 * The process in which tests run commands one after the other (commands.ts): starting a process for each costs the second
 * in which it loads what it is made of, which is most of a refusal's time. A command is run as its shim runs it, as
 * built, with its words, working folder and environment; what it would leave behind by ending is put back.
 */

import { syncBuiltinESMExports } from "node:module";
import os from "node:os";

/** What a command is to be run with. */
export interface HostedCommand {
  name: "vsi-build" | "vsi-eval" | "vsi-train" | "vsi-view";
  words: readonly string[];
  cwd: string;
  /** The whole environment. */
  env: Readonly<Record<string, string>>;
}

/** What came of it. */
export interface HostedResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

// Imported for its types alone, it hosts nothing.
if (process.send !== undefined) {
  // Jest has a worker for each core already: unless a test asks for threads, a command starts one, as on a machine of one core.
  os.availableParallelism = () => 1;
  syncBuiltinESMExports();
  process.on("message", (command: HostedCommand) => {
    void run(command).then((result) => process.send?.(result));
  });
  process.once("disconnect", () => process.exit());
}

async function run({ name, words, cwd, env }: HostedCommand): Promise<HostedResult> {
  const own = { cwd: process.cwd(), env: { ...process.env }, argv: process.argv };
  const [stdout, stderr] = [capture(process.stdout), capture(process.stderr)];
  process.chdir(cwd);
  setEnvironment(env);
  process.argv = [process.execPath, name, ...words];
  process.exitCode = undefined;
  try {
    const { main } = (await import(new URL(`../../packages/${name}/dist/main.js`, import.meta.url).href)) as {
      main: () => Promise<void>;
    };
    await main();
    return { exitCode: Number(process.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    stdout.stop();
    stderr.stop();
    process.exitCode = undefined;
    process.argv = own.argv;
    setEnvironment(own.env);
    process.chdir(own.cwd);
  }
}

/** In place: a copy would not reach the C side, which gives it to worker threads. */
function setEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) {
    if (env[name] === undefined) delete process.env[name];
  }
  Object.assign(process.env, env);
}

/** Keeps what is written to a stream, until `stop`. */
function capture(stream: NodeJS.WriteStream): { text: () => string; stop: () => void } {
  const { write } = stream;
  const listeners = stream.listeners("error") as (() => void)[];
  const chunks: Buffer[] = [];
  stream.write = (chunk: Uint8Array | string, encoding?: unknown, written?: unknown): boolean => {
    chunks.push(Buffer.from(chunk as string));
    const done = typeof encoding === "function" ? encoding : written;
    if (typeof done === "function") process.nextTick(done as () => void);
    return true;
  };
  return {
    text: () => Buffer.concat(chunks).toString("utf8"),
    stop() {
      stream.write = write;
      for (const added of stream.listeners("error") as (() => void)[]) {
        if (!listeners.includes(added)) stream.off("error", added);
      }
    },
  };
}
