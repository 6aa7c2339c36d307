import { describe, expect, test } from "@jest/globals";
import type { MethodPreset } from "../../src/settings/presets.ts";
import { DEFAULT_PRESETS, PRESET_NAMES, PRESETS } from "../../src/settings/presets.ts";
import { METHODS } from "../../src/settings/runSettings.ts";

const all = PRESET_NAMES.flatMap((name) =>
  Object.entries(PRESETS[name].methods).map(([method, preset]) => ({ name, method, preset: preset as MethodPreset })),
);

describe.each(all)("$name for $method", ({ method, preset: { settings, source } }) => {
  test("every setting says where it is from: the paper, another paper, or ours", () => {
    expect(Object.keys(source).sort()).toEqual(Object.keys(settings).sort());
    expect(Object.keys(source.trainer).sort()).toEqual(Object.keys(settings.trainer).sort());
    const { trainer, ...own } = source;
    for (const text of [...Object.values(own), ...Object.values(trainer)]) expect(text).toMatch(/arXiv|^ours|TRL/);
  });

  test("GRPO's groups are whole on one process", () => {
    const group = method === "grpo" ? Number(settings.trainer.num_generations) : 1;
    expect((settings.batch * settings.accumulation) % group).toBe(0);
  });

  test("no token of an image is cut off", () => {
    if (method !== "grpo") expect(settings.trainer).toHaveProperty("max_length", null);
  });
});

// Written out from the paper's page (arXiv 2504.00883v2), not from the code.
test.each([
  ["vsgrpo-2b", "Qwen/Qwen2-VL-2B-Instruct", 1e-5],
  ["vsgrpo-7b", "Qwen/Qwen2-VL-7B-Instruct", 5e-6],
] as const)("%s holds the paper's settings", (name, model, learningRate) => {
  const { settings } = PRESETS[name].methods.grpo!;
  expect(PRESETS[name].model).toBe(model);
  expect(settings.learningRate).toBe(learningRate);
  expect(settings.trainer).toMatchObject({ num_generations: 14, temperature: 1, beta: 1e-4, loss_type: "grpo" });
  expect(settings.trainer).toMatchObject({ scale_rewards: "group", use_bias_correction_kl: false, epsilon: 0.2 });
});

test("each method has a preset of its own to start from", () => {
  for (const method of METHODS) expect(PRESETS[DEFAULT_PRESETS[method]].methods[method]).toBeDefined();
});

test("the adapter's expression takes language models' projections, of each family, and nothing of the vision tower", () => {
  const { target_modules } = PRESETS["vsgrpo-2b"].methods.grpo!.settings.lora;
  // peft matches the whole name.
  const expression = new RegExp(`^(?:${target_modules as string})$`);
  expect("model.language_model.layers.27.self_attn.q_proj").toMatch(expression);
  expect("model.language_model.layers.0.mlp.down_proj").toMatch(expression);
  expect("model.visual.blocks.0.mlp.gate_proj").not.toMatch(expression);
  expect("model.visual.blocks.0.attn.qkv").not.toMatch(expression);
  expect("lm_head").not.toMatch(expression);
});
