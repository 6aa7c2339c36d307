import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, open } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { lastLines } from "../environment/commands.ts";

/** `transformers serve`, ready to answer for any model's folder. */
interface ModelServer {
  /** What one would type to start it. */
  command: string;
  /** Up to and with /v1, as `vsi-eval run --base-url` takes it. */
  baseUrl: string;
  stop(): Promise<void>;
}

/** Milliseconds: importing torch and transformers takes 10 to 30 seconds, ten times that on a slow disk. */
const LONGEST_START = 300_000;

/** Milliseconds between looks at whether it answers. */
const LOOK_EVERY = 250;

/** Enough for Python's error with its stack. */
const SHOWN_LINES = 25;

/**
 * Starts `transformers serve` on a free port of this machine alone. It loads whatever folder a request names as its model,
 * and runs the processor's code beside the weights, so it is for models that were made here.
 *
 * @param python the trainer's.
 * @param log a file for all that the server prints.
 * @throws Error with the end of the log when it ends or does not answer; the signal's reason when it was aborted.
 */
export async function serveModels(python: string, log: string, signal: AbortSignal): Promise<ModelServer> {
  const port = await freePort();
  const words = ["serve", "--host", "127.0.0.1", "--port", String(port), "--device", "cpu", "--trust-remote-code"];
  await mkdir(dirname(log), { recursive: true });
  const file = await open(log, "w");
  const child = spawn(python, ["-m", "transformers.cli.transformers", ...words], {
    stdio: ["ignore", file.fd, file.fd],
    env: { ...DEMO_ENVIRONMENT, ...process.env },
  });
  let hasEnded = false;
  const onEnd = (): void => {
    hasEnded = true;
  };
  const ended = once(child, "exit").then(onEnd, onEnd);
  // Not before its end is listened for: what can't start ends meanwhile.
  await file.close();
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };
  const deadline = performance.now() + LONGEST_START;
  while (!(await isUp(`http://127.0.0.1:${port}/health`))) {
    if (hasEnded || signal.aborted || performance.now() > deadline) {
      await stop();
      signal.throwIfAborted();
      const lines = await lastLines(log, SHOWN_LINES);
      throw new Error(`transformers serve does not answer. The end of ${log}:\n  ${lines.join("\n  ")}`);
    }
    await pause(LOOK_EVERY);
  }
  return { command: `transformers ${words.join(" ")}`, baseUrl: `http://127.0.0.1:${port}/v1`, stop };
}

function isUp(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** The project's commands, as the checkout has them. */
const COMMANDS = {
  "vsi-build": "../../../build/bin/vsi-build.js",
  "vsi-train": "../../bin/vsi-train.js",
  "vsi-eval": "../../../eval/bin/vsi-eval.js",
} as const;

/** What each process is told beside its command line. */
export const DEMO_ENVIRONMENT = {
  // A model this small is faster on one thread than on two.
  OMP_NUM_THREADS: "1",
  // All models are made here: nothing is looked up on the hub.
  HF_HUB_OFFLINE: "1",
} as const;

/** Where a command's output goes and what ends it. */
interface CommandSurroundings {
  /** Ends the command. */
  signal: AbortSignal;
  /** A file for its standard output, which else goes to the terminal. */
  output?: string;
}

/**
 * Runs one of the project's commands as it would be typed, and shows what was typed.
 *
 * @throws Error with the command line when its exit code is not 0, and the signal's reason when it was ended.
 */
export async function runCommand(
  name: keyof typeof COMMANDS,
  words: readonly string[],
  { signal, output }: CommandSurroundings,
): Promise<void> {
  signal.throwIfAborted();
  const typed = [name, ...words].join(" ");
  process.stdout.write(`\n$ ${typed}${output === undefined ? "" : ` > ${output}`}\n`);
  const file = output === undefined ? null : await open(output, "w");
  try {
    const child = spawn(process.execPath, [fileURLToPath(new URL(COMMANDS[name], import.meta.url)), ...words], {
      stdio: ["ignore", file === null ? "inherit" : file.fd, "inherit"],
      env: { ...DEMO_ENVIRONMENT, ...process.env },
      // Ctrl-C in a terminal would reach it beside what is passed on here, and the second signal ends it at once.
      detached: true,
    });
    // The command saves what it can and ends by itself: waiting for it leaves nothing behind.
    const end = (): void => void child.kill("SIGTERM");
    signal.addEventListener("abort", end, { once: true });
    const [exitCode] = await once(child, "exit");
    signal.removeEventListener("abort", end);
    signal.throwIfAborted();
    if (exitCode !== 0) throw new Error(`${typed} ended with exit code ${exitCode}; what it said stands above.`);
  } finally {
    await file?.close();
  }
}
