import { readFileSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { Interruption } from "@vsi/command";
import { temporaryFolder } from "@vsi/testing/folders";
import fc from "fast-check";
import type { WorkerEvent } from "../../src/run/events.ts";
import { runWorker, splitLines, type WorkerOptions } from "../../src/run/worker.ts";
import { FAKE_WORKER, fakeSettings } from "../support/fakeRun.ts";
import { isRunning, until } from "../support/until.ts";

function split(chunks: readonly Uint8Array[]): string[] {
  const lines: string[] = [];
  const splitter = splitLines((line) => lines.push(line));
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return lines;
}

describe("splitLines", () => {
  test("gives the same lines wherever the bytes are cut, also inside of a character", () => {
    const lines = fc.array(fc.string({ unit: "binary" }).map((line) => line.replace(/[\r\n]/g, "€")));
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 7 }), (expected, size) => {
        // A string of lone surrogates has no UTF-8 of its own.
        const bytes = Buffer.from(expected.map((line) => `${line}\n`).join(""));
        const text = bytes.toString().split("\n").slice(0, -1);
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          bytes.subarray(at * size, (at + 1) * size),
        );
        expect(split(chunks)).toEqual(text);
      }),
    );
  });

  test("a last line without an end counts, and Windows' line ends are taken off", () => {
    expect(split([Buffer.from("a\r\n\nb")])).toEqual(["a", "", "b"]);
    expect(split([])).toEqual([]);
  });

  test("output without any line end does not fill the memory: it is handed on in pieces, whole", () => {
    const chunk = Buffer.alloc(1024 * 1024, "x");
    const pieces = split(Array(20).fill(chunk));
    expect(pieces).toHaveLength(2);
    expect(pieces.join("")).toHaveLength(20 * chunk.length);
  });
});

const FOLDER = temporaryFolder();

/** Starts the fake worker; `events` grows while it runs. */
async function start(trainer: Record<string, unknown>, options: Partial<WorkerOptions> = {}) {
  const run = await mkdtemp(join(FOLDER, "run-"));
  const events: WorkerEvent[] = [];
  const ended = runWorker(fakeSettings(run, trainer), {
    python: FAKE_WORKER,
    processes: 1,
    launcher: null,
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
    ...options,
  });
  const readLog = (): Promise<string> => readFile(join(run, "worker.log"), "utf8");
  return {
    run,
    events,
    ended,
    readLog,
    pidOf: (name: string) => Number(readFileSync(join(run, `${name}.pid`), "utf8")),
  };
}

function steps(events: readonly WorkerEvent[]): number[] {
  return events.flatMap((event) => (event.event === "step" ? event.step : []));
}

describe("runWorker", () => {
  test("tells the worker its settings, hands on its events in order, and ends with 0", async () => {
    const { run, events, ended } = await start({ behaviour: "train", steps: 4 });
    expect(await ended).toEqual({ exitCode: 0 });
    expect(steps(events)).toEqual([1, 2, 3, 4]);
    expect(events[0]!.event).toBe("ready");
    expect(events.at(-1)).toEqual({ event: "done", step: 4, path: "model" });
    expect(JSON.parse(await readFile(join(run, "worker.json"), "utf8")).model).toBe("fake");
  });

  test("keeps what is no event in the log, however much of it there is, and loses no event to it", async () => {
    const { events, ended, readLog } = await start({ behaviour: "chatter" });
    expect(await ended).toEqual({ exitCode: 0 });
    expect(events.map(({ event }) => event)).toEqual(["ready", "step", "done"]);
    const log = await readLog();
    expect(log.match(/^warning \d+: x{500}$/gm)).toHaveLength(2000);
    expect(log.match(/progress \d+ y{500}\r/g)).toHaveLength(2000);
    for (const line of ['{"event":"unknown"}', "[1]", "{half"]) expect(log).toContain(line);
  });

  test("passes the worker's failure on, with its last words in the log", async () => {
    const { ended, readLog } = await start({ behaviour: "fail" });
    expect(await ended).toEqual({ exitCode: 1 });
    expect(await readLog()).toContain("RuntimeError: the reward worker ended");
  });

  test("a worker killed in the middle of a line: 137, and the half event is no event", async () => {
    const { events, ended, readLog } = await start({ behaviour: "vanish" });
    expect(await ended).toEqual({ exitCode: 137 });
    expect(steps(events)).toEqual([1, 2]);
    expect(await readLog()).toContain('{"event":"step","step":3,"of"');
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s is passed on once and the checkpoint waited for: exit code %i", async (signal, exitCode) => {
    const controller = new AbortController();
    const { events, ended } = await start(
      { behaviour: "train", steps: 1000, delay: 20 },
      { signal: controller.signal },
    );
    await until(() => steps(events).length >= 2);
    controller.abort(new Interruption(signal));
    expect(await ended).toEqual({ exitCode });
    expect(events.slice(-2).map(({ event }) => event)).toEqual(["checkpoint", "interrupted"]);
  });

  test("a second signal kills a worker that hears none", async () => {
    const controller = new AbortController();
    const { events, ended, pidOf } = await start({ behaviour: "deaf" }, { signal: controller.signal });
    await until(() => events.length > 0);
    controller.abort(new Interruption("SIGINT"));
    process.emit("SIGINT");
    expect(await ended).toEqual({ exitCode: 137 });
    expect(await isRunning(pidOf("deaf"))).toBe(false);
    expect(process.listenerCount("SIGINT")).toBe(0);
  });

  test("through a launcher that would not wait, the ranks alone get the signal and save their checkpoint", async () => {
    const controller = new AbortController();
    const { events, ended } = await start(
      { behaviour: "launch", inner: "train", steps: 1000, delay: 20 },
      { launcher: [process.execPath, FAKE_WORKER], signal: controller.signal },
    );
    await until(() => steps(events).length >= 2);
    controller.abort(new Interruption("SIGTERM"));
    // The launcher itself ends with 1: the code comes from the event.
    expect(await ended).toEqual({ exitCode: 143 });
    expect(events.at(-1)!.event).toBe("interrupted");
  });

  test("a launcher that dies leaves no rank behind", async () => {
    const { events, ended, pidOf } = await start(
      { behaviour: "launch", inner: "deaf" },
      { launcher: [process.execPath, FAKE_WORKER] },
    );
    await until(() => events.length > 0);
    const rank = pidOf("deaf");
    expect(await isRunning(rank)).toBe(true);
    // The ranks are looked for when the first of them is ready.
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.kill(pidOf("launcher"), "SIGKILL");
    expect(await ended).toEqual({ exitCode: 137 });
    await until(async () => !(await isRunning(rank)));
  });

  test("a listener that throws ends the worker, and its error is what is thrown", async () => {
    const { ended, pidOf } = await start(
      { behaviour: "deaf" },
      {
        onEvent: () => {
          throw new RangeError("the listener's own");
        },
      },
    );
    await expect(ended).rejects.toThrow(new RangeError("the listener's own"));
    expect(await isRunning(pidOf("deaf"))).toBe(false);
  });

  test("an event of a form this version does not know ends the worker: it would be missing from the logs", async () => {
    const { ended, pidOf } = await start({ behaviour: "strange" });
    await expect(ended).rejects.toMatchObject({ code: "event-unfit", detail: { place: "event step, of" } });
    expect(await isRunning(pidOf("strange"))).toBe(false);
  });

  test("says what to do when there is no such Python, and starts nothing after a signal", async () => {
    const { ended } = await start({ behaviour: "train" }, { python: join(FOLDER, "nowhere", "python") });
    await expect(ended).rejects.toMatchObject({
      code: "worker-start",
      message: expect.stringContaining("vsi-train doctor"),
    });
    const stopped = await start({ behaviour: "train" }, { signal: AbortSignal.abort(new Interruption("SIGINT")) });
    await expect(stopped.ended).rejects.toThrow(Interruption);
  });
});
