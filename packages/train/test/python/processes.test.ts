import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { cpuTrainer, eventsOf, expectDone, grpoTrainer, makeTinyModel, runTrainer } from "./support/runTrainer.ts";
import { temporaryFolder } from "./support/temporaryFolder.ts";
import { writeToyRows } from "./support/toyRows.ts";
import { describeTrainer } from "./support/trainerPython.ts";

const MINUTES = 60_000;
const recordingReward = fileURLToPath(new URL("./support/recordingReward.js", import.meta.url));

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
  test(
    "SFT takes the same curve as one process with twice the batch",
    async () => {
      const folder = await temporaryFolder();
      const settings = {
        method: "sft",
        model: await makeTinyModel(folder),
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
    },
    4 * MINUTES,
  );

  test(
    "GRPO asks for the same questions step by step, each process its own reward worker; SIGTERM to one stops both",
    async () => {
      const folder = await temporaryFolder();
      const rows = await writeToyRows(folder, "grpo", { count: 40 });
      // The question's number as the truth: it says which row was asked.
      const numbered = (await readFile(rows, "utf8")).replace(
        /"id":"grpo-0-(\d+)"(.*?)"ground_truth":"\w+"/g,
        '"id":"$1"$2"ground_truth":"$1"',
      );
      await writeFile(rows, numbered);
      const settings = { method: "grpo", model: await makeTinyModel(folder), rows };
      const perStep = 8;
      const one = await runTrainer({
        ...settings,
        run: join(folder, "one"),
        reward_command: ["node", recordingReward, join(folder, "one.jsonl")],
        trainer: grpoTrainer({ max_steps: 4, save_strategy: "no", per_device_train_batch_size: perStep }),
      });
      expectDone(one);
      const two = await runTrainer(
        {
          ...settings,
          run: join(folder, "two"),
          reward_command: ["node", recordingReward, join(folder, "two.jsonl")],
          trainer: grpoTrainer({ max_steps: 1000, save_steps: 1000, per_device_train_batch_size: perStep / 2 }),
        },
        {
          processes: 2,
          onEvent: (event, launcher) => void (event.event === "step" && event.step === 4 && launcher.kill("SIGTERM")),
        },
      );
      const [interrupted] = eventsOf(two, "interrupted");
      expect(interrupted!.signal).toBe(15);
      expect(eventsOf(two, "checkpoint").map(({ path }) => path)).toEqual([interrupted!.path]);
      expect(eventsOf(two, "error")).toEqual([]);

      const requests = await recorded(join(folder, "two.jsonl"));
      expect(new Set(requests.map((request) => request.process)).size).toBe(2);
      const expected = truthsOfSteps(await recorded(join(folder, "one.jsonl")), perStep);
      expect(expected).toHaveLength(4);
      expect(truthsOfSteps(requests, perStep).slice(0, 4)).toEqual(expected);
      // The first step's policy is the same model: the same reward but for the sampling.
      const rewards = [one, two].map((run) => eventsOf(run, "step")[0]!.metrics.reward);
      expect(Math.abs(rewards[0] - rewards[1])).toBeLessThan(0.5);
    },
    4 * MINUTES,
  );
});
