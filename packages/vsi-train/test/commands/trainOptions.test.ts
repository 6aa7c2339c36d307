import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readValues } from "@vsi/command/internal/program";
import type { Command } from "@vsi/command/program";
import { temporaryFolder } from "@vsi/testing/folders";
import { DPO, GRPO, SFT } from "../../src/commands/trainingFlags.ts";
import { type AnyTrainFlags, toTrainOptions } from "../../src/commands/trainOptions.ts";
import type { Method } from "../../src/settings/runSettings.ts";
import type { TrainOptions } from "../../src/settings/trainOptions.ts";
import { makeTrainOptions } from "../support/trainOptions.ts";

const root = temporaryFolder();
const COMMANDS: Record<Method, Command> = { grpo: GRPO, sft: SFT, dpo: DPO };

/** The words of a command line as options, with nothing from this machine's scheduler. */
async function optionsOf(method: Method, words: string): Promise<TrainOptions> {
  const line = `--data ./data --out ./run ${words}`.trim().split(" ");
  const flags = await readValues(COMMANDS[method], line, `vsi-train ${method}`);
  return toTrainOptions(method, flags as unknown as AnyTrainFlags, {});
}

describe("the flags", () => {
  test("alone are the method's preset", async () => {
    expect(await optionsOf("grpo", "")).toEqual(makeTrainOptions());
    expect(await optionsOf("sft", "")).toMatchObject({ preset: "sft", batch: 8 });
    expect(await optionsOf("dpo", "")).toMatchObject({ preset: "dpo", trainer: { beta: 0.1 } });
  });

  test("name the reward and weigh its parts", async () => {
    expect(await optionsOf("grpo", "--reward paper-length --reward-weights format=0.5,length=1")).toMatchObject({
      reward: "paper-length",
      rewardWeights: { format: 0.5, length: 1 },
    });
    expect(await optionsOf("grpo", "")).toMatchObject({ reward: "paper", rewardWeights: null });
  });

  test("hand every other setting to TRL", async () => {
    const options = await optionsOf("grpo", "--set loss_type=dapo --set epsilon_high=0.28 --set optim_args=a=1,b=2");
    expect(options.given).toEqual({ loss_type: "dapo", epsilon_high: 0.28, optim_args: "a=1,b=2" });
    expect(options.trainer).toMatchObject({ ...options.given, num_generations: 14 });
  });

  test("name a reward function of the user's own", async () => {
    const file = join(root, "mine.py");
    await writeFile(file, "def reward(**columns): return []");
    expect((await optionsOf("grpo", `--reward-plugin ${file}:pay`)).rewardPlugin).toEqual({
      file,
      name: "pay",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await optionsOf("grpo", `--reward-plugin ${file}`)).rewardPlugin?.name).toBe("reward");
    expect(await optionsOf("grpo", `--reward-plugin ${file} --reward-weights plugin=0.5`)).toMatchObject({
      rewardPlugin: { file, weight: 0.5 },
      rewardWeights: null,
    });
  });

  test("go before the preset", async () => {
    const words =
      "--preset vsgrpo-7b --rollouts 8 --beta 0 --batch 4 --accumulation 2 --learning-rate 1e-6 --steps 9 --frames 4";
    expect(await optionsOf("grpo", words)).toMatchObject({
      model: "Qwen/Qwen2-VL-7B-Instruct",
      trainer: { num_generations: 8, beta: 0, loss_type: "grpo" },
      batch: 4,
      accumulation: 2,
      learningRate: 1e-6,
      steps: 9,
      frames: 4,
    });
  });

  test("shape the adapter: names, an expression, every weight, or one to go on with", async () => {
    expect((await optionsOf("sft", "--lora-r 4 --lora-targets q_proj,v_proj")).lora).toMatchObject({
      r: 4,
      lora_alpha: 128,
      target_modules: ["q_proj", "v_proj"],
    });
    expect((await optionsOf("sft", "--lora-targets all-linear")).lora).toMatchObject({ target_modules: "all-linear" });
    expect(await optionsOf("sft", "--full")).toMatchObject({ lora: null, adapter: null });
    await writeFile(join(root, "adapter_config.json"), '{"peft_type": "LORA"}');
    expect(await optionsOf("grpo", `--adapter ${root}`)).toMatchObject({ lora: null, adapter: root });
  });

  test("name DeepSpeed and where to go on", async () => {
    expect((await optionsOf("grpo", "--deepspeed zero3")).deepspeed).toMatch(/deepspeed.zero3\.json$/);
    await mkdir(join(root, "checkpoint-5"), { recursive: true });
    expect(await optionsOf("sft", `--resume ${root}/checkpoint-5`)).toMatchObject({
      resume: { checkpoint: `${root}/checkpoint-5` },
    });
    expect(await optionsOf("sft", "--resume")).toMatchObject({ resume: "latest" });
  });
});

test("regression: a folder without a model was taken for one", async () => {
  const folder = join(root, "no-model");
  await mkdir(folder, { recursive: true });
  await expect(optionsOf("grpo", `--model ${folder}`)).rejects.toThrow(/--model: got .*, which has no config\.json/);
  for (const text of ["{}", "not JSON", "[]"]) {
    await writeFile(join(folder, "config.json"), text);
    await expect(optionsOf("grpo", `--model ${folder}`)).rejects.toThrow(/--model: got .*names no model_type/);
  }
  await writeFile(join(folder, "config.json"), '{"model_type": "qwen2_vl"}');
  expect(await optionsOf("grpo", `--model ${folder}`)).toMatchObject({ model: folder });
});

test("an adapter that is none, and one whose base DeepSpeed would shard, are refused", async () => {
  const folder = join(root, "no-adapter");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "adapter_config.json"), "{}");
  await expect(optionsOf("sft", `--adapter ${folder}`)).rejects.toThrow(/--adapter: got .*names no peft_type/);
  await writeFile(join(folder, "adapter_config.json"), '{"peft_type": "LORA"}');
  expect(await optionsOf("sft", `--adapter ${folder} --deepspeed zero2`)).toMatchObject({ adapter: folder });
  await expect(optionsOf("sft", `--adapter ${folder} --deepspeed zero3`)).rejects.toThrow(
    /--adapter: .*TRL issue 6089.*--deepspeed zero2.*vsi-train merge/,
  );
});

test("names of layers may end in a comma; an expression that is none is refused before anything starts", async () => {
  expect(await optionsOf("sft", "--lora-targets q_proj,,v_proj,")).toMatchObject({
    lora: { target_modules: ["q_proj", "v_proj"] },
  });
  expect(await optionsOf("sft", "--lora-targets (?i).*q_proj")).toMatchObject({
    lora: { target_modules: "(?i).*q_proj" },
  });
  for (const text of ["(", "[a-", "*q_proj"]) {
    await expect(optionsOf("sft", `--lora-targets ${text}`)).rejects.toThrow(`--lora-targets: got ${text}, expected`);
  }
});

test.each<[Method, string, RegExp]>([
  ["grpo", "--batch 4", /expected a multiple of --rollouts 14/],
  ["grpo", "--reward-weights style=1", /--reward-weights: got style=1, expected format, accuracy, length/],
  ["grpo", "--reward-weights format=0,accuracy=0", /--reward-weights: got 0 for every part/],
  ["grpo", "--reward-weights length=1", /--reward-weights: got length, which --reward paper has no part for/],
  ["grpo", "--lora-dropout 1", /--lora-dropout: got 1/],
  ["grpo", "--reward-weights plugin=2", /--reward-weights: got plugin without --reward-plugin/],
  ["grpo", "--reward-weights format=-1", /--reward-weights: got format=-1/],
  ["grpo", "--reward-weights format", /--reward-weights: got format,/],
  ["grpo", "--vllm colocate", /--vllm: .*expands them again.*TRL issue 6294.*Leave it out until/],
  // Regression: "got no value. Give one" of a flag that is refused whatever its value.
  ["grpo", "--vllm", /--vllm: .*TRL issue 6294/],
  ["grpo", "--vllm http://gpu9:8000", /--vllm: .*TRL issue 6294/],
  ["grpo", "--set beta=0", /--set: got beta, which --beta decides/],
  ["grpo", "--reward-plugin ./nowhere.py", /--reward-plugin: got \.\/nowhere\.py, expected an existing Python file/],
  ["grpo", "--frames-dir ./frames", /--frames-dir: goes with a JSONL in --data/],
  ["grpo", "--rollouts 1", /--rollouts: got 1/],
  ["grpo", "--preset tiny --batch 14", /--model: the preset tiny has none/],
  ["grpo", "--preset sft", /preset/],
  ["grpo", "--learning-rate 0", /--learning-rate: got 0/],
  ["grpo", "--learning-rate 1e-5 --learning-rate 2e-5", /--learning-rate/],
  ["grpo", "--types object_colour", /--types: got object_colour/],
  ["sft", "--rollouts 8", /rollouts/],
  ["sft", "--full --adapter a", /--full/],
  ["sft", "--full --lora-r 8", /--lora-r/],
  ["sft", "--steps 3 --epochs 1", /--steps and --epochs/],
  ["sft", "--resume --overwrite", /--resume/],
  ["sft", "--model ./nowhere", /--model: got \.\/nowhere, expected an existing folder, or a hub name/],
  ["sft", "--adapter ./nowhere", /--adapter: got \.\/nowhere, expected the folder of an adapter/],
  ["sft", "--resume ./nowhere", /--resume: got \.\/nowhere/],
  ["sft", "--deepspeed ./nowhere.json", /--deepspeed: got/],
  ["sft", "--split test", /split/],
  ["dpo", "--mode think", /--mode: got think, expected vanilla/],
])("%s %s is refused, with what to give", async (method, words, message) => {
  await expect(optionsOf(method, words)).rejects.toThrow(message);
});
