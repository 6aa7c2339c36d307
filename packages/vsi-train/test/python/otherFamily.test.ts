import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { describeTrainer, newFolder } from "@vsi/testing/trainerPython";
import { eventsOf, expectDone, grpoTrainer, rewardCommand, runForked, runTrainer } from "../support/runTrainer.ts";
import { writeToyRows } from "../support/toyRows.ts";

const maker = fileURLToPath(new URL("../support/tinyQwen3Vl.py", import.meta.url));

describeTrainer("a model of another family", () => {
  test("Qwen3-VL trains with GRPO, sees its images, and its processor is saved under the stock name", async () => {
    const folder = await newFolder();
    const model = join(folder, "qwen3-vl");
    expectDone(await runForked([maker, model]));
    const run = await runTrainer({
      method: "grpo",
      model,
      run: join(folder, "run"),
      rows: await writeToyRows(folder, "grpo", { count: 8 }),
      reward_command: rewardCommand,
      pixels: { min: 64 * 64, max: 64 * 64 },
      trainer: grpoTrainer({ max_steps: 1, save_strategy: "no" }),
    });
    expectDone(run);
    // Three rows with one image of 64 x 64 pixels: patches of 16, merged two by two, are 4 tokens an image.
    expect(eventsOf(run, "checks")).toMatchObject([{ image_tokens: 12, image_features: 12 }]);
    expect(eventsOf(run, "step")).toHaveLength(1);
    const saved = JSON.parse(await readFile(join(folder, "run", "model", "processor_config.json"), "utf8"));
    expect(saved).toMatchObject({ processor_class: "Qwen3VLProcessor" });
    expect(saved).not.toHaveProperty("auto_map");
  });
});
