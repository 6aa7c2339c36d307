import { describe, expect, test } from "@jest/globals";
import { completedGiven, modelArguments, parseGiven } from "../../src/settings/givenSettings.ts";

const FLAGS = new Set(["learningRate", "rollouts", "beta", "batch", "rewardWeights", "vllm"]);

test("values are JSON, Python's words, or a text as it is", () => {
  const words = [
    "loss_type=dapo",
    "epsilon_high=0.28",
    'lr_scheduler_kwargs={"num_cycles": 2, "min_lr": 1e-7}',
    "push_to_hub=True",
    "delta=None",
    'run_name="7"',
    "optim_args=a=1,b=2",
  ];
  expect(parseGiven(words, FLAGS)).toEqual({
    loss_type: "dapo",
    epsilon_high: 0.28,
    lr_scheduler_kwargs: { num_cycles: 2, min_lr: 1e-7 },
    push_to_hub: true,
    delta: null,
    run_name: "7",
    optim_args: "a=1,b=2",
  });
});

test.each([
  ["learning_rate=1e-5", /--set: got learning_rate, which --learning-rate decides/],
  ["lr=3", /--set: got lr, expected a setting of TRL by its full name. Did you mean --learning-rate\?/],
  ["num_generations=8", /--rollouts/],
  ["per_device_train_batch_size=8", /--batch/],
  ["hub_token=hf_secret", /HF_TOKEN/],
  ["log_multimodal=true", /no frames/],
  ["push_to_hub_token=abc", /WANDB_API_KEY/],
  ['model_init_kwargs={"token": "abc"}', /--set: got model_init_kwargs, which is not taken: tokens would be written/],
  ["run_name=hf_abcdefghijklmnopqrstuvwxyz", /tokens would be written/],
  ["fsdp=full_shard", /FSDP was not tried.*--deepspeed/],
  ["loss_type", /expected a setting of TRL with its value/],
  ["=3", /expected a setting of TRL with its value/],
])("%s is refused with what to give", (word, message) => {
  expect(() => parseGiven([word], FLAGS)).toThrow(message);
});

test("a token that was refused is not repeated", () => {
  for (const word of [
    "hub_token=hf_secret",
    "push_to_hub_token=hf_secret",
    'model_init_kwargs={"token": "hf_secret"}',
  ]) {
    expect(() => parseGiven([word], FLAGS)).toThrow(expect.not.stringContaining("hf_secret"));
  }
});

test("a token of a tokenizer is no secret", () => {
  const words = ["eos_token=<|im_end|>", "average_tokens_across_devices=true", 'model_init_kwargs={"token": true}'];
  expect(Object.keys(parseGiven(words, FLAGS))).toHaveLength(3);
});

test("a flag that the method has not decides nothing: TRL's class says whether it has the setting", () => {
  expect(parseGiven(["num_generations=8"], new Set())).toEqual({ num_generations: 8 });
});

test("given twice is refused", () => {
  expect(() => parseGiven(["epsilon=1", "epsilon=2"], FLAGS)).toThrow(/epsilon twice/);
});

describe("what goes with it", () => {
  test("a repository on the hub is private and named after the run, unless it is said otherwise", () => {
    expect(completedGiven({ push_to_hub: true }, "sft", "first")).toEqual({
      push_to_hub: true,
      hub_private_repo: true,
      hub_model_id: "first",
    });
    expect(
      completedGiven({ push_to_hub: true, hub_private_repo: false, hub_model_id: "me/x" }, "sft", "first"),
    ).toEqual({
      push_to_hub: true,
      hub_private_repo: false,
      hub_model_id: "me/x",
    });
    expect(completedGiven({ push_to_hub: false }, "sft", "first")).toEqual({ push_to_hub: false });
  });

  test("regression: a Space of trackio on the hub was public", () => {
    for (const name of ["trackio_space_id", "trackio_static_space_id"]) {
      const given = { report_to: "trackio", [name]: "me/first" };
      expect(completedGiven(given, "sft", "first")).toMatchObject({ hub_private_repo: true, ...given });
      expect(completedGiven({ ...given, hub_private_repo: false }, "sft", "first").hub_private_repo).toBe(false);
    }
    expect(completedGiven({ report_to: "trackio" }, "sft", "first")).not.toHaveProperty("hub_private_repo");
  });

  test("trackers name the run and get no frames", () => {
    expect(completedGiven({ report_to: "wandb" }, "grpo", "first")).toEqual({
      report_to: "wandb",
      run_name: "first",
      log_multimodal: false,
    });
    expect(completedGiven({ report_to: "none" }, "grpo", "first")).toEqual({ report_to: "none" });
    // SFTConfig and DPOConfig have no such field.
    expect(completedGiven({ report_to: "wandb" }, "sft", "first")).not.toHaveProperty("log_multimodal");
  });

  test("how weights are loaded is completed, not replaced", () => {
    const given = { model_init_kwargs: { attn_implementation: "sdpa" } };
    expect(modelArguments({ dtype: "bfloat16" }, given)).toEqual({
      model_init_kwargs: { dtype: "bfloat16", attn_implementation: "sdpa" },
    });
    expect(modelArguments({}, {})).toEqual({});
  });
});
