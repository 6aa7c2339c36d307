import { describe, expect, test } from "@jest/globals";
import { runProcess } from "@vsi/testing/commands";
import { rewardCommand, trainerArguments } from "../../src/settings/resolveSettings.ts";
import { makeTrainOptions } from "../support/trainOptions.ts";

test("starts the real reward worker", async () => {
  const request = {
    completion: "3",
    ground_truth: "3",
    question_type: "object_counting",
    options: null,
    mode: "vanilla",
  };
  const { exitCode, stdout } = await runProcess(rewardCommand(), { input: `${JSON.stringify(request)}\n` });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ total: 1 });
});

describe("TRL's keyword arguments", () => {
  test("carry the run's own settings under TRL's names", () => {
    const options = makeTrainOptions({
      learningRate: 3e-6,
      batch: 7,
      accumulation: 2,
      epochs: 2,
      seed: 5,
      saveEvery: 50,
    });
    expect(trainerArguments(options, false)).toMatchObject({
      learning_rate: 3e-6,
      per_device_train_batch_size: 7,
      gradient_accumulation_steps: 2,
      num_train_epochs: 2,
      max_steps: -1,
      seed: 5,
      save_steps: 50,
      eval_strategy: "no",
      num_generations: 14,
      beta: 1e-4,
    });
    expect(trainerArguments(makeTrainOptions({ steps: 12 }), false)).toMatchObject({ max_steps: 12 });
  });

  test.each([
    [1, 1],
    [7, 1],
    [7, 3],
    [14, 8],
  ])("held-out groups are whole too: batch %d on %d processes", (batch, processes) => {
    const launch = { processes, hosts: 1, host: 0, rendezvous: null };
    const told = trainerArguments(makeTrainOptions({ batch, launch }), true) as Record<string, number>;
    expect(told).toMatchObject({ eval_strategy: "steps", eval_steps: 100, num_generations_eval: 2 });
    expect((told.per_device_eval_batch_size! * processes) % told.num_generations_eval!).toBe(0);
  });

  test("weights are halved under an adapter only", () => {
    const half = { model_init_kwargs: { dtype: "bfloat16" } };
    expect(trainerArguments(makeTrainOptions(), false)).toMatchObject(half);
    expect(trainerArguments(makeTrainOptions({ lora: null, adapter: "./sft" }), false)).toMatchObject(half);
    expect(trainerArguments(makeTrainOptions({ lora: null }), false)).not.toHaveProperty("model_init_kwargs");
  });

  test("DeepSpeed only where asked for", () => {
    expect(trainerArguments(makeTrainOptions(), false)).not.toHaveProperty("deepspeed");
    expect(trainerArguments(makeTrainOptions({ deepspeed: "/z.json" }), false)).toMatchObject({ deepspeed: "/z.json" });
  });
});
