import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { Interruption, UsageError } from "@vsi/command";
import { temporaryFolder } from "@vsi/testing/folders";
import { readRun } from "../../src/report/report.ts";
import type { RunEnd } from "../../src/run/monitor.ts";
import { describeEnd, type SuperviseOptions, superviseRun } from "../../src/run/superviseRun.ts";
import { FAKE_WORKER, fakeSettings } from "../support/fakeRun.ts";
import { until } from "../support/until.ts";

const FOLDER = temporaryFolder();

async function newRun(): Promise<string> {
  const folder = await mkdtemp(join(FOLDER, "run-"));
  await mkdir(join(folder, "dataset", "data"), { recursive: true });
  await writeFile(join(folder, "dataset", "data", "train.jsonl"), "{}\n");
  return folder;
}

function supervise(
  folder: string,
  trainer: Record<string, unknown>,
  { resume = null as string | null, ...options }: Partial<SuperviseOptions> & { resume?: string | null } = {},
) {
  const stream = new PassThrough() as unknown as NodeJS.WriteStream & { read(): Buffer | null };
  const outcome = superviseRun(
    { ...fakeSettings(join(folder, "run"), trainer), resume },
    {
      python: FAKE_WORKER,
      processes: 1,
      launcher: null,
      dataset: join(folder, "dataset"),
      onAlarm: "warn",
      style: "none",
      logLevel: "info",
      signal: new AbortController().signal,
      stream,
      ...options,
    },
  );
  return { exitCode: outcome.then((ended) => ended.exitCode), said: () => String(stream.read() ?? "") };
}

describe("superviseRun", () => {
  test("keeps metrics, samples and the record of a run", async () => {
    const folder = await newRun();
    const { exitCode, said } = supervise(folder, { behaviour: "train", steps: 3 }, { style: "lines" });
    expect(await exitCode).toBe(0);
    const run = await readRun(join(folder, "run"));
    expect(run.steps.map(({ step, metrics }) => [step, metrics.reward])).toEqual([
      [1, 0.1],
      [2, 0.2],
      [3, 0.3],
    ]);
    expect(run.samples.map(({ completion }) => completion)).toEqual(["1", "2", "3"]);
    expect(run.record).toMatchObject({
      schema: "vsi-train-run/1",
      settings: { method: "grpo", model: "fake" },
      versions: { node: process.versions.node, torch: "2.13.0" },
      dataset: { of: "data", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      trainer: { device: "cpu", config: { beta: 1e-4 } },
      sessions: [{ exit_code: 0, resumed_from_step: null, ended: expect.any(String) }],
    });
    expect(said()).toMatch(
      /^step 1\/3 \| reward 0\.10 .*\nstep 3\/3 \| reward 0\.30 .*0 s left\n.*done at step 3: model\. .*vsi-train report .*\n$/,
    );
  });

  test("killed and resumed: the log is whole, has each step once, and both sessions are on record", async () => {
    const folder = await newRun();
    expect(await supervise(folder, { behaviour: "vanish", steps: 5 }).exitCode).toBe(137);
    expect(await supervise(folder, { behaviour: "train", from: 1, steps: 5 }, { resume: "latest" }).exitCode).toBe(0);
    const run = await readRun(join(folder, "run"));
    expect(run.steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
    expect(run.samples.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
    expect(run.record.sessions.map((session) => [session.exit_code, session.resumed_from_step])).toEqual([
      [137, null],
      [0, 1],
    ]);
  });

  test("what fails beside a training is a warning, what fails behind it an error that leaves the model", async () => {
    const { exitCode, said } = supervise(await newRun(), { behaviour: "unpushed" });
    expect(await exitCode).toBe(1);
    expect(said()).toMatch(
      /warning: push_to_hub: a checkpoint.*\nerror: --set push_to_hub: .*\n.*done at step 3: model\./,
    );
  });

  test("a worker that dies is shown with the end of its log", async () => {
    const folder = await newRun();
    const { exitCode, said } = supervise(folder, { behaviour: "fail" });
    expect(await exitCode).toBe(1);
    expect(said()).toMatch(/exit code 1[\s\S]*worker\.log[\s\S]*RuntimeError: the reward worker ended/);
  });

  test.each(["vanish", "rankKilled"])(
    "a worker that the system killed (%s) says so, and what it may be",
    async (behaviour) => {
      const folder = await newRun();
      const { exitCode, said } = supervise(folder, { behaviour });
      expect(await exitCode).toBe(behaviour === "vanish" ? 137 : 1);
      expect(said()).toMatch(/exit code \d+, killed by SIGKILL, .*memory .*--batch.*worker\.log/);
      // The next session's end is its own: the log is one for all.
      const next = supervise(folder, { behaviour: "fail" }, { resume: "latest" });
      expect(await next.exitCode).toBe(1);
      expect(next.said()).not.toContain("killed by SIGKILL");
    },
  );

  test("what several processes say when they fail is shown once: the first is the cause", async () => {
    const { exitCode, said } = supervise(await newRun(), { behaviour: "explain" });
    expect(await exitCode).toBe(1);
    const text = said();
    expect(text.match(/process \d: .*/g)).toEqual(["process 1: the frame is gone"]);
    expect(text).toMatch(/exit code 1; its output is in .*worker\.log\n$/);
    expect(text).not.toContain("Traceback");
  });

  test("a signal is no failure of the worker: its code, and no log is shown", async () => {
    const folder = await newRun();
    const controller = new AbortController();
    const { exitCode, said } = supervise(
      folder,
      { behaviour: "train", steps: 1000, delay: 20 },
      { signal: controller.signal },
    );
    await until(() =>
      readFile(join(folder, "run", "metrics.jsonl"), "utf8").then(
        (text) => text !== "",
        () => false,
      ),
    );
    controller.abort(new Interruption("SIGTERM"));
    expect(await exitCode).toBe(143);
    expect(said()).toMatch(
      /^SIGTERM received: [^\n]*a second signal kills it\.\n[^\n]*stopped at step \d+, with the checkpoint checkpoints\. Continue with --resume\.\n$/,
    );
  });

  test("a folder that was lost to another command: the worker is killed, and nothing more is written", async () => {
    const folder = await newRun();
    const controller = new AbortController();
    const { exitCode } = supervise(
      folder,
      { behaviour: "train", steps: 1000, delay: 20 },
      { signal: controller.signal },
    );
    await until(() =>
      readFile(join(folder, "run", "metrics.jsonl"), "utf8").then(
        (text) => text !== "",
        () => false,
      ),
    );
    controller.abort(new UsageError("another host took the folder over"));
    await expect(exitCode).rejects.toThrow("another host took the folder over");
    const { record } = await readRun(join(folder, "run"));
    expect(record.sessions[0]!.ended).toBeNull();
  });

  test("an alarm warns, or stops the run with a checkpoint and exit code 1", async () => {
    const flat = { behaviour: "train", steps: 60, delay: 10, flat: true };
    const warned = await newRun();
    const warning = supervise(warned, flat);
    expect(await warning.exitCode).toBe(0);
    expect(warning.said()).toContain("no-reward-variance at step 20: ");
    expect((await readRun(join(warned, "run"))).alarms).toMatchObject([{ name: "no-reward-variance", step: 20 }]);

    const stopped = await newRun();
    const stop = supervise(stopped, flat, { onAlarm: "stop" });
    expect(await stop.exitCode).toBe(1);
    const { steps, record } = await readRun(join(stopped, "run"));
    expect(steps.length).toBeGreaterThanOrEqual(20);
    expect(steps.length).toBeLessThan(60);
    expect(record.sessions[0]!.exit_code).toBe(1);
    expect(stop.said()).not.toContain("worker.log");
  });

  test("a run's folder that cannot be written stops the run, and that is the error", async () => {
    const folder = await newRun();
    // A folder in the place of the log: no file system lets a file be renamed onto it.
    await mkdir(join(folder, "run", "metrics.jsonl", "in-the-way"), { recursive: true });
    await expect(supervise(folder, { behaviour: "train", steps: 1000 }).exitCode).rejects.toMatchObject({
      name: "DatasetError",
    });
  });
});

describe("describeEnd", () => {
  const NOTHING: RunEnd = { alarm: null, done: null, interrupted: null, error: null };

  async function describeRun(own: Partial<RunEnd>, exitCode: number, isStopped = false): Promise<[string, string]> {
    const run = await mkdtemp(join(FOLDER, "run-"));
    await writeFile(join(run, "worker.log"), "Traceback\nOutOfMemoryError: no memory\n");
    return describeEnd({ run, end: { ...NOTHING, ...own }, exitCode, isStopped });
  }

  test("a run that is done says where its result is, and how to see it", async () => {
    const [level, text] = await describeRun({ done: { step: 9, path: "runs/a/model" } }, 0);
    expect([level, text]).toEqual(["info", expect.stringMatching(/step 9: runs\/a\/model\. .*vsi-train report /)]);
  });

  test("a stopped run says how to go on, with a checkpoint of its own or without", async () => {
    const saved = await describeRun({ interrupted: { step: 4, path: "checkpoint-4" } }, 143, true);
    expect(saved).toEqual(["info", expect.stringMatching(/step 4, with the checkpoint checkpoint-4\. .*--resume/)]);
    expect(await describeRun({}, 130, true)).toEqual([
      "info",
      expect.stringMatching(/without saving a checkpoint.*--resume/),
    ]);
  });

  test("a failure shows the end of the log only where the worker did not say why", async () => {
    const [level, silent] = await describeRun({}, 137);
    expect(level).toBe("error");
    expect(silent).toMatch(/exit code 137[\s\S]*worker\.log[\s\S]*OutOfMemoryError: no memory/);
    const [, explained] = await describeRun({ error: "no memory" }, 1);
    expect(explained).toMatch(/exit code 1; its output is in .*worker\.log$/);
  });
});
