import { once } from "node:events";
import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { UsageError } from "@vsi/command";
import { findTrainerPython, quietEnvironment } from "../environment/trainerPython.ts";
import { TrainError } from "../errors.ts";
import { findProgram, lastLines } from "../process/programOutput.ts";
import { hasGpuDriver, needsOwnCode, TRUST_CODE, transformersServe } from "../process/transformersServe.ts";
import { type LeashedChild, startLeashed, typedCommand } from "./children.ts";

/** A server that answers for one model at least. */
export interface RunningServer {
  /** Up to and with /v1, as `vsi-eval run --base-url` takes it. */
  baseUrl: string;
}

/** The servers of a study or a run: one at a time. */
export interface ModelServers {
  /**
   * A server for a model, ready to answer.
   *
   * @param model a folder's absolute path or a hub name, by which it is asked for.
   * @throws TrainError "server-failed" with the end of its output; UsageError where there is nothing to serve with; the
   * signal's reason.
   */
  serve(model: string): Promise<RunningServer>;
  /** After an evaluation: frees the machine for the next training. */
  release(): Promise<void>;
  /** Ends what runs. */
  close(): Promise<void>;
}

/** How models are served. */
export interface ServeOptions {
  /** What was typed for --serve; null to choose. */
  serve: string | null;
  /** A file for what servers print. */
  log: string;
  /** The most frames that a question has: vLLM has to be told. */
  frames: number;
  signal: AbortSignal;
}

/** Says what is not written down: the words for the model and the port. */
const MODEL = "{model}";
const PORT = "{port}";

/**
 * Servers for evaluation: what --serve says, else vLLM where it is on the PATH, else `transformers serve` of the
 * trainer's Python. The last one loads whatever model a request names: without a GPU one is enough for a whole study.
 *
 * @throws UsageError for a --serve that cannot be meant.
 */
export function modelServers(options: ServeOptions): ModelServers {
  const { serve, signal, log } = options;
  const given = serve === null ? null : givenCommand(serve);
  let isShared = false;
  let running: Started | null = null;
  const stop = async (): Promise<void> => {
    const child = running?.child;
    running = null;
    await child?.kill();
  };
  return {
    async serve(model) {
      if (running !== null) {
        // One that died, as of too little memory, would fail every cell that is left.
        if (isShared && (await isUp(running.port, signal))) return running.server;
        await stop();
      }
      const isOwnCode = await needsOwnCode(model);
      const template = given ?? (await foundCommand(options, isOwnCode));
      isShared = !template.some((word) => word.includes(MODEL));
      const remote = isShared && serve === null && isOwnCode ? [TRUST_CODE] : [];
      const port = await freePort();
      const command = [...template, ...remote].map((word) =>
        word.replaceAll(MODEL, model).replaceAll(PORT, String(port)),
      );
      running = await start(command, port, log, signal);
      return running.server;
    },
    // Models in a GPU's memory would be in the way of the next training.
    release: async () => (isShared && serve === null && !hasGpuDriver() ? undefined : await stop()),
    close: stop,
  };
}

function givenCommand(serve: string): string[] {
  const words = splitWords(serve);
  if (words === null) {
    throw new UsageError(`--serve: got ${JSON.stringify(serve)}, where a quote is not closed. Close it.`);
  }
  const [program = ""] = words;
  if (program !== "" && serve.includes(PORT)) {
    // Said now: after the first training it would be days later.
    if (program.includes("/") ? existsSync(program) : findProgram(program) !== null) return words;
    throw new UsageError(
      `--serve: got the program ${program}, which is not ${program.includes("/") ? "there" : "on the PATH"}. Correct it, or install it; variables go before vsi-train, not into --serve.`,
    );
  }
  throw new UsageError(
    `--serve: got ${JSON.stringify(serve)}, expected a command with ${PORT} in it, and ${MODEL} unless it serves any: "vllm serve ${MODEL} --port ${PORT}".`,
  );
}

async function foundCommand({ frames }: ServeOptions, isOwnCode: boolean): Promise<string[]> {
  const vllm = isOwnCode ? null : findProgram("vllm");
  if (vllm !== null) {
    return [
      vllm,
      "serve",
      MODEL,
      "--host",
      "127.0.0.1",
      "--port",
      PORT,
      "--limit-mm-per-prompt",
      `{"image": ${frames}}`,
    ];
  }
  const found = await findTrainerPython();
  if ("missing" in found)
    throw new UsageError(`${found.missing} It serves the models too, unless --serve says what does.`);
  return [...transformersServe(found.python), "--host", "127.0.0.1", "--port", PORT];
}

/** A command line's words, as a shell splits them: quotes hold words together. Null where one is not closed. */
export function splitWords(line: string): string[] | null {
  if (!/^(?:[^"']|"[^"]*"|'[^']*')*$/.test(line)) return null;
  const words = line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_, double = "", single = "") => double + single));
}

/** An hour: a large model comes from a hub or a slow disk. A server that ends says so at once. */
const LONGEST_START_MS = 3600_000;

/** Milliseconds between looks at whether it answers. */
const LOOK_EVERY = 250;

/** Of one look: a server that takes a question and never answers it is not up. */
const LONGEST_LOOK_MS = 10_000;

/** Enough for Python's error with its stack. */
const SHOWN_LINES = 25;

/** A server that answered once. */
interface Started {
  child: LeashedChild;
  port: number;
  server: RunningServer;
}

async function start(command: readonly string[], port: number, log: string, signal: AbortSignal): Promise<Started> {
  const file = await open(log, "a");
  let child: LeashedChild;
  let before: number;
  try {
    before = (await file.stat()).size;
    await file.appendFile(`$ ${typedCommand(command)}\n`);
    // A scheduler's WORLD_SIZE is for trainings: torch and transformers take a server for one of several processes.
    child = startLeashed(command, { stdout: file.fd, stderr: file.fd }, quietEnvironment());
  } finally {
    await file.close();
  }
  let hasEnded = false;
  void child.ended
    .finally(() => {
      hasEnded = true;
    })
    .catch(() => {});
  const deadline = performance.now() + LONGEST_START_MS;
  while (!(await isUp(port, signal))) {
    if (hasEnded || signal.aborted || performance.now() > deadline) {
      await child.kill();
      signal.throwIfAborted();
      const lines = await lastLines(log, SHOWN_LINES, before);
      throw new TrainError("server-failed", {
        file: command[0] ?? "",
        place: log,
        got: hasEnded ? `its end, after:\n  ${lines.join("\n  ")}` : "no answer within an hour",
        expected: "a server that answers /health or /v1/models",
        advice: "Start the command in the first line of the log by hand, or give another one by --serve.",
      });
    }
    await pause(LOOK_EVERY);
  }
  return { child, port, server: { baseUrl: `http://127.0.0.1:${port}/v1` } };
}

async function isUp(port: number, signal: AbortSignal): Promise<boolean> {
  for (const path of ["/health", "/v1/models"]) {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_LOOK_MS)]);
    const isThere = await fetch(`http://127.0.0.1:${port}${path}`, { signal: patience }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return true;
  }
  return false;
}

/** Whoever has a port would be taken for the model. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
