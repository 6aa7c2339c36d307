import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, open, readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DEMO_ENVIRONMENT } from "../commands.ts";

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
 * Starts `transformers serve` on a port of this machine alone. It loads whatever folder a request names as its
 * model, and runs the processor's code beside the weights, so it is for models that were made here.
 *
 * @param python the trainer's.
 * @param log a file for all that the server prints.
 * @param wanted the port; 0 for any that is free.
 * @throws Error with the end of the log when it ends or does not answer, or when the port is taken; the signal's reason
 * when it was aborted.
 */
export async function serveModels(python: string, log: string, signal: AbortSignal, wanted = 0): Promise<ModelServer> {
  const port = await freePort(wanted);
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
      const lines = (await readFile(log, "utf8")).split("\n").filter((line) => line.trim() !== "");
      throw new Error(
        `transformers serve does not answer. The end of ${log}:\n  ${lines.slice(-SHOWN_LINES).join("\n  ")}`,
      );
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

/** Whoever has the port would be taken for the model. */
async function freePort(wanted: number): Promise<number> {
  const server = createServer().listen(wanted, "127.0.0.1");
  await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EADDRINUSE" ? new Error(`Port ${wanted} is taken: give another one by --port.`) : error;
  });
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
