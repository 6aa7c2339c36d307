import { rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { describeTrainer, newFolder } from "@vsi/testing/trainerPython";
import {
  cpuTrainer,
  eventsOf,
  expectDone,
  grpoTrainer,
  rewardCommand,
  runTrainer,
  sharedTinyModel,
} from "../support/runTrainer.ts";
import { writeToyRows } from "../support/toyRows.ts";

describeTrainer("the three methods on a task whose answer is only in the picture", () => {
  let folder: string;
  let model: string;
  let tuned: string;
  beforeAll(async () => {
    folder = await newFolder();
    model = await sharedTinyModel();
    tuned = join(folder, "sft", "model");
    const run = await runTrainer({
      method: "sft",
      model,
      run: join(folder, "sft"),
      rows: await writeToyRows(folder, "sft", { count: 256 }),
      held_out_rows: await writeToyRows(folder, "sft", { first: 1000, count: 32 }),
      trainer: cpuTrainer({
        max_length: null,
        per_device_train_batch_size: 16,
        max_steps: 60,
        learning_rate: 2e-3,
        eval_on_start: true,
        eval_strategy: "steps",
        eval_steps: 60,
        save_strategy: "no",
      }),
    });
    expectDone(run);
    const losses = eventsOf(run, "held_out").map(({ metrics }) => metrics.loss);
    expect(losses).toHaveLength(2);
    // A model that knows the words but not the picture loses log 4 on a completion of at most 8 tokens: this one sees.
    expect(losses[1]).toBeLessThan(Math.log(4) / 8);
    expect(losses[1]).toBeLessThan(losses[0]);
    expect(eventsOf(run, "done")).toEqual([{ event: "done", step: 60, path: tuned }]);
  });

  test("DPO raises the margin on held-out pairs, by the pictures", async () => {
    const run = await runTrainer({
      method: "dpo",
      model: tuned,
      run: join(folder, "dpo"),
      rows: await writeToyRows(folder, "dpo", { count: 192 }),
      held_out_rows: await writeToyRows(folder, "dpo", { first: 1000, count: 48 }),
      trainer: cpuTrainer({
        max_length: null,
        per_device_train_batch_size: 8,
        max_steps: 40,
        learning_rate: 5e-4,
        eval_on_start: true,
        eval_strategy: "steps",
        eval_steps: 40,
        save_strategy: "no",
      }),
    });
    expectDone(run);
    const [before, after] = eventsOf(run, "held_out").map(({ metrics }) => metrics);
    expect(before!.margin).toBeCloseTo(0, 5);
    expect(after!.margin).toBeGreaterThan(0.5);
    expect(after!.preference_accuracy).toBeGreaterThan(0.75);
    expect(after!.loss).toBeLessThan(before!.loss);
  });

  test("GRPO trains an adapter with the rewards of vsi-reward, and a second run goes on from that adapter", async () => {
    const rows = await writeToyRows(folder, "grpo", { count: 64 });
    const settings = {
      method: "grpo",
      model: tuned,
      rows,
      reward_command: rewardCommand,
      samples_every: 2,
      samples: 3,
      // The tuned model is always right at temperature 1 and never at 2: equal rewards would teach nothing.
      trainer: grpoTrainer({ max_steps: 4, temperature: 1.5, save_strategy: "no" }),
    };
    const lora = { r: 4, lora_alpha: 8, target_modules: "all-linear" };
    const run = await runTrainer({ ...settings, lora, run: join(folder, "grpo") });
    expectDone(run);
    const [ready] = eventsOf(run, "ready");
    expect(ready!.trainable).toBeLessThan(ready!.parameters / 2);
    const steps = eventsOf(run, "step");
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
    for (const { seconds, trainer_seconds, metrics } of steps) {
      expect(trainer_seconds).toBeLessThan(seconds);
      expect(metrics.reward).toBeCloseTo(metrics.reward_accuracy, 5);
      expect(metrics.reward_format).toBeNull();
    }
    // A new adapter changes nothing yet, so the policy is the reference; then it moves away from it.
    expect(steps[0]!.metrics.kl).toBeCloseTo(0, 6);
    expect(steps[3]!.metrics.kl).toBeGreaterThan(0);
    // The words were learnt, so some completions are right: the rewards are real ones.
    expect(steps.some(({ metrics }) => metrics.reward > 0)).toBe(true);
    const samples = eventsOf(run, "sample");
    expect(samples.map(({ step }) => step)).toEqual([2, 2, 2, 4, 4, 4]);
    for (const { prompt, reward } of samples) {
      expect(prompt).toMatch(/^Which colour is the square in frame \d+\?$/);
      expect(reward.total).toBe(reward.accuracy);
    }
    const nextSettings = {
      ...settings,
      adapter: join(folder, "grpo", "model"),
      run: join(folder, "grpo-next"),
      trainer: grpoTrainer({ max_steps: 4, temperature: 1.5, save_steps: 2 }),
      resume: "latest",
    };
    const next = await runTrainer(nextSettings);
    expectDone(next);
    expect(eventsOf(next, "ready")[0]!.trainable).toBe(ready!.trainable);
    // The reference is now the adapter started from.
    const nextSteps = eventsOf(next, "step").map(({ metrics }) => metrics);
    expect(nextSteps[0].kl).toBeCloseTo(0, 6);

    // Regression: Trainer resumes the reference but not the adapter beside it, so the divergence fell back to 0.
    await rm(join(folder, "grpo-next", "checkpoints", "checkpoint-4"), { recursive: true });
    const resumed = eventsOf(await runTrainer(nextSettings), "step").map(({ metrics }) => metrics);
    expect(resumed.map(({ kl }) => kl)).toEqual(nextSteps.slice(2).map(({ kl }) => expect.closeTo(kl, 6)));
    expect(resumed[0].kl).toBeGreaterThan(1e-6);
  });
});
