import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { describeTrainer, newFolder } from "@vsi/testing/trainerPython";
import {
  cpuTrainer,
  eventsOf,
  expectDone,
  grpoTrainer,
  type RunOptions,
  runTrainer,
  sharedTinyModel,
} from "../support/runTrainer.ts";
import { writeToyRows } from "../support/toyRows.ts";

const recordingReward = fileURLToPath(new URL("../support/recordingReward.js", import.meta.url));

interface RecordedRequest {
  process: number;
  ground_truth: string;
}

async function recorded(path: string): Promise<RecordedRequest[]> {
  return (await readFile(path, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** What was asked in each step, in any order within the step. */
function truthsOfSteps(requests: RecordedRequest[], size: number): string[][] {
  return Array.from({ length: Math.floor(requests.length / size) }, (_, step) =>
    requests
      .slice(step * size, (step + 1) * size)
      .map(({ ground_truth }) => ground_truth)
      .sort(),
  );
}

describeTrainer("two processes (torchrun, gloo)", () => {
  test("SFT takes the same curve as one process with twice the batch", async () => {
    const folder = await newFolder();
    const settings = {
      method: "sft",
      model: await sharedTinyModel(),
      rows: await writeToyRows(folder, "sft", { count: 64 }),
    };
    const trainer = cpuTrainer({ max_length: null, max_steps: 6, learning_rate: 1e-3, save_strategy: "no" });
    const losses = async (processes: number | undefined, size: number) => {
      const run = await runTrainer(
        {
          ...settings,
          run: join(folder, `of-${processes ?? 1}`),
          trainer: { ...trainer, per_device_train_batch_size: size },
        },
        processes === undefined ? {} : { processes },
      );
      expectDone(run);
      expect(eventsOf(run, "ready").map(({ world_size }) => world_size)).toEqual([processes ?? 1]);
      return eventsOf(run, "step").map(({ metrics }) => metrics.loss);
    };
    const one = await losses(undefined, 8);
    const two = await losses(2, 4);
    expect(two).toHaveLength(6);
    // Another order of rows would differ by some 0.1; the sums of floats in another order differ less than this.
    for (const [at, loss] of one.entries()) expect(two[at]).toBeCloseTo(loss, 2);
  });

  test("GRPO asks for the same questions step by step, each process its own reward worker; SIGTERM stops both, and both go on", async () => {
    const folder = await newFolder();
    const rows = await writeToyRows(folder, "grpo", { count: 40 });
    // The question's number as the truth: it says which row was asked.
    const numbered = (await readFile(rows, "utf8")).replace(
      /"id":"grpo-0-(\d+)"(.*?)"ground_truth":"\w+"/g,
      '"id":"$1"$2"ground_truth":"$1"',
    );
    await writeFile(rows, numbered);
    const settings = { method: "grpo", model: await sharedTinyModel(), rows };
    const perStep = 8;
    const one = await runTrainer({
      ...settings,
      run: join(folder, "one"),
      reward_command: ["node", recordingReward, join(folder, "one.jsonl")],
      trainer: grpoTrainer({ max_steps: 12, save_strategy: "no", per_device_train_batch_size: perStep }),
    });
    expectDone(one);
    const runTwo = (record: string, steps: number, options: RunOptions) =>
      runTrainer(
        {
          ...settings,
          run: join(folder, "two"),
          resume: "latest",
          reward_command: ["node", recordingReward, join(folder, record)],
          trainer: grpoTrainer({ max_steps: steps, save_steps: 1000, per_device_train_batch_size: perStep / 2 }),
        },
        { processes: 2, ...options },
      );
    const two = await runTwo("two.jsonl", 1000, {
      onEvent: (event, launcher) => void (event.event === "step" && event.step === 4 && launcher.kill("SIGTERM")),
    });
    const [interrupted] = eventsOf(two, "interrupted");
    expect(interrupted!.signal).toBe(15);
    expect(eventsOf(two, "checkpoint").map(({ path }) => path)).toEqual([interrupted!.path]);
    expect(eventsOf(two, "error")).toEqual([]);

    const requests = await recorded(join(folder, "two.jsonl"));
    expect(new Set(requests.map((request) => request.process)).size).toBe(2);
    const expected = truthsOfSteps(await recorded(join(folder, "one.jsonl")), perStep);
    const stopped = interrupted!.step as number;
    expect(truthsOfSteps(requests, perStep)).toEqual(expected.slice(0, stopped));
    // The first step's policy is the same model: the same reward but for the sampling.
    const rewards = [one, two].map((run) => eventsOf(run, "step")[0]!.metrics.reward);
    expect(Math.abs(rewards[0] - rewards[1])).toBeLessThan(0.5);

    await cp(join(folder, "two"), join(folder, "alone"), { recursive: true });
    const resumed = await runTwo("resumed.jsonl", stopped + 2, {});
    expectDone(resumed);
    expect(eventsOf(resumed, "ready").map(({ resumed_from_step }) => resumed_from_step)).toEqual([stopped]);
    expect(eventsOf(resumed, "step").map(({ step }) => step)).toEqual([stopped + 1, stopped + 2]);
    const asked = truthsOfSteps(await recorded(join(folder, "resumed.jsonl")), perStep);
    expect(asked).toHaveLength(2);
    // Neither a question that was asked already nor one left out.
    expect(asked).toEqual(expected.slice(stopped, stopped + 2));
    // Nor on half the processes, with twice the batch.
    const alone = await runTrainer({
      ...settings,
      run: join(folder, "alone"),
      resume: "latest",
      reward_command: ["node", recordingReward, join(folder, "alone.jsonl")],
      trainer: grpoTrainer({ max_steps: stopped + 2, save_strategy: "no", per_device_train_batch_size: perStep }),
    });
    expectDone(alone);
    expect(truthsOfSteps(await recorded(join(folder, "alone.jsonl")), perStep)).toEqual(asked);
  });
});
