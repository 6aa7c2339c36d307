import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "@jest/globals";
import { describeTrainer, newFolder } from "@vsi/testing/trainerPython";
import { cpuTrainer, eventsOf, expectDone, grpoTrainer, runTrainer, sharedTinyModel } from "../support/runTrainer.ts";
import { writeToyRows } from "../support/toyRows.ts";

const recordingReward = fileURLToPath(new URL("../support/recordingReward.js", import.meta.url));

describeTrainer("runs that must stop", () => {
  let folder: string;
  let model: string;
  let rows: string;
  beforeAll(async () => {
    folder = await newFolder();
    model = await sharedTinyModel();
    rows = await writeToyRows(folder, "sft", { count: 16 });
  });

  test("a reward worker that dies ends the run with its last words, and no step is made of rewards nobody gave", async () => {
    const run = await runTrainer({
      method: "grpo",
      model,
      run: join(folder, "dying"),
      rows: await writeToyRows(folder, "grpo", { count: 16 }),
      // One step asks for 8 rewards: the second step's fourth is never given.
      reward_command: ["node", recordingReward, join(folder, "requests.jsonl"), "11"],
      // Regression: JSON has no 2.0, and transformers refused the temperature 2.
      trainer: grpoTrainer({ max_steps: 5, temperature: 2, save_strategy: "no" }),
    });
    expect(run.status).toBe(1);
    const [error] = eventsOf(run, "error");
    expect(error!.message).toMatch(/status 3.*the reward worker of this test gives up/s);
    expect(eventsOf(run, "step").map(({ step }) => step)).toEqual([1]);
    expect(eventsOf(run, "done")).toEqual([]);
  });

  test("a run that explodes ends with exit code 1, saves nothing of it, and is resumed from the last good checkpoint", async () => {
    const settings = (learning_rate: number, max_steps: number) => ({
      method: "sft",
      model,
      run: join(folder, "exploding"),
      rows,
      lora: { r: 4, lora_alpha: 8, target_modules: ["q_proj", "v_proj"] },
      trainer: cpuTrainer({ max_length: null, max_steps, save_steps: 1, save_total_limit: 2, learning_rate }),
    });
    const checkpoints = async () =>
      (await readdir(join(folder, "exploding", "checkpoints"))).filter((name) => name.startsWith("checkpoint")).sort();
    expectDone(await runTrainer(settings(1e-3, 2)));
    expect(await checkpoints()).toEqual(["checkpoint-1", "checkpoint-2"]);
    const exploded = await runTrainer({ ...settings(1e30, 9), resume: "latest" });
    expect(exploded.status).toBe(1);
    expect(eventsOf(exploded, "error")[0]!.message).toMatch(/Not finite at step 4: .*lower --learning-rate: --resume/);
    expect(eventsOf(exploded, "done")).toEqual([]);
    // Step 3 left finite numbers that the next step could not bear.
    expect(await checkpoints()).toEqual(["checkpoint-2", "checkpoint-3"]);
    const resumed = await runTrainer({ ...settings(2e-3, 4), resume: "latest" });
    expectDone(resumed);
    expect(eventsOf(resumed, "ready")[0]!.resumed_from_step).toBe(2);
    // Regression: a resumed run kept the checkpoint's learning rate, whatever it was given.
    expect(eventsOf(resumed, "step").map(({ metrics }) => metrics.learning_rate)).toEqual([2e-3, 2e-3]);
    expect(resumed.stderr).toMatch(/checkpoint-3: skipped, the step after it was not finite/);
  });

  test("regression: GRPO stopped by torch's words, and its resume took the checkpoint that nothing can be drawn from", async () => {
    const settings = async (learning_rate: number, max_steps: number) => ({
      method: "grpo",
      model,
      run: join(folder, "undrawable"),
      rows: await writeToyRows(folder, "grpo", { count: 16 }),
      reward_command: ["node", recordingReward, join(folder, "undrawable.jsonl")],
      lora: { r: 4, lora_alpha: 8, target_modules: ["q_proj", "v_proj"] },
      trainer: grpoTrainer({ max_steps, save_steps: 1, learning_rate }),
    });
    expectDone(await runTrainer(await settings(1e-3, 1)));
    const exploded = await runTrainer({ ...(await settings(1e30, 5)), resume: "latest" });
    expect(exploded.status).toBe(1);
    expect(eventsOf(exploded, "error")[0]!.message).toMatch(/Not finite at step \d: .*lower --learning-rate: --resume/);
    const resumed = await runTrainer({ ...(await settings(1e-3, 3)), resume: "latest" });
    expectDone(resumed);
    expect(eventsOf(resumed, "ready")[0]!.resumed_from_step).toBe(1);
  });

  test("images that the chat template leaves out are found before the first step", async () => {
    const blind = join(folder, "blind");
    await cp(model, blind, { recursive: true });
    const template = join(blind, "chat_template.jinja");
    const text = await readFile(template, "utf8");
    expect(text).toContain("<|image_pad|>");
    await writeFile(template, text.replace("<|vision_start|><|image_pad|><|vision_end|>", ""));
    const run = await runTrainer({
      method: "sft",
      model: blind,
      run: join(folder, "blind-run"),
      rows,
      trainer: cpuTrainer({ max_length: null, max_steps: 2, save_strategy: "no" }),
    });
    expect(run.status).toBe(1);
    expect(eventsOf(run, "error")[0]!.message).toContain("Image check");
    expect(eventsOf(run, "step")).toEqual([]);
  });

  test("image tokens that TRL's max_length cuts off are found in the first batch", async () => {
    const run = await runTrainer({
      method: "sft",
      model,
      run: join(folder, "cut"),
      rows,
      // The prompt is longer, and its four image tokens are the fifth to the eighth.
      trainer: cpuTrainer({ max_length: 6, max_steps: 2, save_strategy: "no" }),
    });
    expect(run.status).toBe(1);
    expect(eventsOf(run, "checks")).toHaveLength(1);
    expect(eventsOf(run, "error")[0]!.message).toMatch(/Image check.*max_length/s);
    expect(eventsOf(run, "step")).toEqual([]);
  });

  test("rows and settings that do not fit are named with file and line", async () => {
    const broken = join(folder, "broken.jsonl");
    await writeFile(broken, `${(await readFile(rows, "utf8")).split("\n")[0]}\n{"id": \n`);
    const trainer = cpuTrainer({ max_length: null, max_steps: 2 });
    const fail = async (name: string, settings: Record<string, unknown>) => {
      const run = await runTrainer({ method: "sft", model, run: join(folder, name), rows, trainer, ...settings });
      expect(run.status).toBe(1);
      return eventsOf(run, "error")[0]!.message;
    };
    expect(await fail("broken-rows", { rows: broken })).toContain(`${broken}:2: `);
    expect(await fail("unknown", { colour: "red" })).toMatch(/worker\.json: got the unknown setting colour/);
    expect(await fail("method", { method: "ppo" })).toMatch(/worker\.json: method: got 'ppo'/);
  });
});
