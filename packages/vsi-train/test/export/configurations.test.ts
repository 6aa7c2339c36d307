import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { runProcess } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { forkingPython } from "@vsi/testing/forkingPython";
import { describeTrainer } from "@vsi/testing/trainerPython";
import { parse } from "yaml";
import { type ConfigurationOptions, configurationOf, promptLength } from "../../src/export/configurations.ts";
import { EXPORT_FORMATS, FORMAT_METHODS } from "../../src/export/formats.ts";
import { sharedTinyModel } from "../support/runTrainer.ts";

const root = temporaryFolder();
const VERL = "run data.max_prompt_length=4096";

const options: ConfigurationOptions = {
  format: "easyr1",
  method: "grpo",
  frames: 16,
  maxPixels: 100_352,
  longestText: 400,
  hasHeldOut: true,
  hasRelativePaths: false,
};

const textOf = (own: Partial<ConfigurationOptions>): string =>
  configurationOf({ ...options, ...own }, { verl: VERL })?.text ?? "";

/** The length of a prompt that a configuration allows. */
function lengthIn(own: Partial<ConfigurationOptions>): number {
  return Number(/(?:max_prompt_length[:=]|cutoff_len:|--max_length) ?(\d+)/.exec(textOf(own))?.[1]);
}

const each = EXPORT_FORMATS.filter((format) => format !== "trl").flatMap((format) =>
  FORMAT_METHODS[format].map((method) => ({ format, method })),
);

describe.each(each)("$format, $method", ({ format, method }) => {
  test("64 frames fit, which 4,096 tokens did not hold", () => {
    expect(lengthIn({ format, method, frames: 64 })).toBeGreaterThan(7616);
    expect(lengthIn({ format, method })).toBeLessThan(4096);
  });

  test("--max-pixels is the limit that stands in it", () => {
    // verl has it with each image.
    if (format !== "verl") expect(textOf({ format, method, maxPixels: 50_176 })).toMatch(/max_pixels[: ]+50176\b/);
    expect(lengthIn({ format, method, maxPixels: 50_176 })).toBeLessThan(lengthIn({ format, method }));
  });
});

test("YAML is YAML, with the preset's figures", () => {
  expect(parse(textOf({}))).toMatchObject({
    data: { max_pixels: 100_352, min_pixels: 784, image_dir: null },
    algorithm: { kl_coef: 1e-4 },
    worker: {
      actor: { clip_ratio_high: 0.2, loss_avg_mode: "seq" },
      rollout: { n: 14, limit_images: 16, max_num_batched_tokens: 8192 },
      // reward_type, which EasyR1 had before its plugins said it themselves, is refused as unknown.
      reward: { reward_function: "./vsi_reward.py:compute_score" },
    },
  });
  expect(parse(textOf({})).worker.reward).not.toHaveProperty("reward_type");
  // EasyR1 refuses a batch that prompt and answer do not fit into.
  const long = parse(textOf({ frames: 64 }));
  expect(long.worker.rollout.max_num_batched_tokens).toBeGreaterThanOrEqual(
    long.data.max_prompt_length + long.data.max_response_length,
  );
  expect(parse(textOf({ hasRelativePaths: true }))).toMatchObject({ data: { image_dir: "." } });
  expect(parse(textOf({ format: "llamafactory", method: "dpo" }))).toMatchObject({
    stage: "dpo",
    pref_beta: 0.1,
    eval_dataset: "vsi_validation",
    freeze_vision_tower: true,
    lora_rank: 64,
  });
  expect(parse(textOf({ format: "llamafactory", method: "sft", hasHeldOut: false }))).not.toHaveProperty(
    "eval_dataset",
  );
});

test.each(["sft", "dpo", "grpo"] as const)(
  "ms-swift's script for %s hands one command its arguments",
  async (method) => {
    const script = join(root, `${method}.sh`);
    await writeFile(script, textOf({ format: "ms-swift", method, hasRelativePaths: true }));
    await mkdir(join(root, "bin"), { recursive: true });
    // swift replaced: what would be started, and the variable that relative images need.
    await writeFile(join(root, "bin", "swift"), '#!/bin/sh\necho "$ROOT_IMAGE_DIR" "$@"\n', { mode: 0o755 });
    const env = { PATH: `${join(root, "bin")}:${process.env.PATH}` };
    const { exitCode, stdout } = await runProcess(["bash", script, "--max_steps", "3"], { env });
    const words = stdout.trim().split(" ");
    expect(exitCode).toBe(0);
    expect(words.slice(0, 2)).toEqual([root, method === "sft" ? "sft" : "rlhf"]);
    expect(words.slice(-2)).toEqual(["--max_steps", "3"]);
    expect(words).toEqual(expect.arrayContaining(["--max_pixels", "100352", "--freeze_vit", "true"]));
    for (const flag of words.filter((word) => word.startsWith("--"))) expect(flag).toMatch(/^--[a-z_]+$/);
  },
);

/**
 * EasyR1's filter of long prompts (verl/utils/dataset.py, process_image and _filter_overlong_prompts), step by step: the
 * frame shrunk to max_pixels or enlarged to min_pixels, then rounded by the model's own processor without limits.
 */
const EASYR1_FILTER = `
import json, math, sys
from PIL import Image
from vsi_trainer.image_only_processor import Qwen2VLImageOnlyProcessor
processor = Qwen2VLImageOnlyProcessor.from_pretrained(sys.argv[1])
processor.image_processor.size = type(processor.image_processor.size)(shortest_edge=56 * 56, longest_edge=12845056)
def shrunk(image, low, high):
    for limit, is_out in ((high, image.width * image.height > high), (low, image.width * image.height < low)):
        if is_out:
            factor = math.sqrt(limit / (image.width * image.height))
            image = image.resize((int(image.width * factor), int(image.height * factor)))
    return image
counts = []
for width, height, frames, low, high in json.loads(sys.argv[2]):
    image = shrunk(Image.new("RGB", (width, height)), low, high)
    grid = processor.image_processor([image], return_tensors="pt")["image_grid_thw"][0]
    counts.append(frames * (int(grid.prod()) // 4 + 2))
print(json.dumps(counts))
`;

describeTrainer("EasyR1's filter of long prompts, replayed", () => {
  test("keeps every row under our limits, and would have left all out under its own", async () => {
    const model = await sharedTinyModel();
    const sizes = [
      [640, 480],
      [1296, 968],
      [1920, 1440],
      [480, 640],
      [336, 336],
    ];
    const cases = sizes.flatMap(([width, height]) => [
      [width, height, 16, 784, 100_352],
      [width, height, 32, 784, 50_176],
      [width, height, 16, 262_144, 4_194_304],
    ]);
    const env = { PYTHONPATH: join(import.meta.dirname, "../../python"), HF_HUB_OFFLINE: "1" };
    const { stdout, stderr } = await runProcess(
      [await forkingPython(), "-c", EASYR1_FILTER, model, JSON.stringify(cases)],
      {
        env,
      },
    );
    const counts: number[] = stdout === "" ? [] : JSON.parse(stdout);
    expect({ count: counts.length, stderr: counts.length === 0 ? stderr : "" }).toEqual({ count: 15, stderr: "" });
    for (const [index, [, , frames = 0, low, maxPixels = 0]] of cases.entries()) {
      if (low === 784) expect(counts[index]).toBeLessThan(promptLength({ frames, maxPixels, longestText: 0 }));
      else expect(counts[index]).toBeGreaterThan(2048);
    }
  });
});
