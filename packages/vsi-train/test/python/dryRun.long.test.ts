import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { describeTrainer, newFolder } from "@vsi/testing/trainerPython";
import { cpuTrainer, eventsOf, expectDone, runPython, runTrainer, sharedTinyModel } from "../support/runTrainer.ts";
import { writeToyRows } from "../support/toyRows.ts";

describeTrainer("dry_run and doctor", () => {
  let folder: string;
  let model: string;
  beforeAll(async () => {
    folder = await newFolder();
    model = await sharedTinyModel();
  });

  test("gives TRL's whole configuration, and the token counts that the pictures' sizes ask for", async () => {
    const settings = { method: "sft", model, rows: await writeToyRows(folder, "sft", { count: 12 }), dry_run: true };
    const count = async (name: string, pixels: Record<string, number | null>) => {
      const trainer = cpuTrainer({ max_length: null, learning_rate: 0.25 });
      const run = await runTrainer({ ...settings, run: join(folder, name), trainer, pixels });
      expectDone(run);
      expect(run.events.map(({ event }) => event)).toEqual(["dry_run"]);
      const [{ config, token_counts, reason }] = run.events as [(typeof run.events)[0]];
      // TRL's own names and defaults beside what was set.
      expect(config).toMatchObject({ learning_rate: 0.25, max_length: null, weight_decay: 0, adam_beta2: 0.999 });
      expect(reason).toBeNull();
      expect(token_counts).toHaveLength(3);
      return token_counts as number[];
    };
    const small = await count("small", { min: null, max: 56 * 56 });
    const large = await count("large", { min: 112 * 112, max: null });
    // Two by two merged patches of 14 pixels: 56 x 56 is 4 tokens, 112 x 112 is 16.
    expect(large).toEqual(small.map((tokens) => tokens + 12));
  });

  test("of a configuration for GPUs and a model that is not here: says what is unknown and why", async () => {
    const run = await runTrainer({
      method: "grpo",
      model: "nobody/no-such-model",
      run: join(folder, "cluster"),
      rows: await writeToyRows(folder, "grpo", { count: 4 }),
      reward_command: ["never-run"],
      trainer: {
        bf16: true,
        num_generations: 14,
        per_device_train_batch_size: 14,
      },
      lora: { r: 16, lora_alpha: 32 },
      dry_run: true,
    });
    expectDone(run);
    const [event] = eventsOf(run, "dry_run");
    expect(event).toMatchObject({ token_counts: null, config: { num_generations: 14, bf16: true } });
    expect(event!.reason).toMatch(/token counts are unknown/);
  });

  test("doctor names the versions and what the machine has", async () => {
    const run = await runPython(["-m", "vsi_trainer.doctor"]);
    expectDone(run);
    const [report] = run.events;
    expect(Object.keys(report!.versions)).toEqual([
      "python",
      "torch",
      "transformers",
      "trl",
      "peft",
      "accelerate",
      "datasets",
    ]);
    for (const version of Object.values(report!.versions)) expect(version).toMatch(/^\d+\.\d+/);
    expect(report!.devices.length).toBeGreaterThan(0);
    expect(report!.memory).toBeGreaterThan(2 ** 28);
  });
});
