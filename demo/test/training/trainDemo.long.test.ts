import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "@jest/globals";
import { type RunResult, runProcess } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { forkingPython } from "@vsi/testing/forkingPython";
import { readLines } from "@vsi/testing/jsonFiles";
import { describeTrainer } from "@vsi/testing/trainerPython";
import { serveModels } from "../../src/training/modelServer.ts";
import type { DemoOptions } from "../../src/training/options.ts";

const MINUTES = 60_000;
const ROOT = temporaryFolder();
const PYTHON = await forkingPython();
const BUILT_DEMO = new URL("../../dist/training/trainDemo.js", import.meta.url).href;
const VSI_EVAL = fileURLToPath(new URL("../../../packages/vsi-eval/bin/vsi-eval.js", import.meta.url));

// 36 rooms leave enough for GRPO's 16 questions a step; 18 have every kind and number once.
const options: DemoOptions = {
  folder: join(ROOT, "demo"),
  rooms: 36,
  heldOutRooms: 18,
  seeds: [0],
  sftSteps: 2,
  grpoSteps: 2,
};

describeTrainer("npm run demo:train in small: from nothing to answers of a trained model, by the commands", () => {
  const env = { VSI_TRAINER_PYTHON: PYTHON, HF_HOME: join(ROOT, "hub") };
  let chain: RunResult;
  beforeAll(async () => {
    const script = `import { trainDemo } from ${JSON.stringify(BUILT_DEMO)}; await trainDemo(${JSON.stringify(options)}, new AbortController().signal);`;
    chain = await runProcess([process.execPath, "--input-type=module", "-e", script], { env });
  });

  test("it ends well, with a row for the seed", () => {
    expect(chain).toMatchObject({ exitCode: 0 });
    expect(chain.stdout).toMatch(/Right answers to 18 questions about 18 held-out rooms.*one answer for all: 16\.7/);
    expect(chain.stdout).toMatch(/│ 0 +│ +\d+\.\d │ +\d+\.\d │ +-?\d+\.\d │/);
  });

  test("no held-out room is trained on, and each number is the answer equally often", async () => {
    interface Row {
      scene_name: string;
      ground_truth: string;
    }
    const held = await readLines<Row>(options.folder, "held-out.jsonl");
    const counts = [2, 3, 4, 5, 6, 7].map(
      (count) => held.filter(({ ground_truth }) => Number(ground_truth) === count).length,
    );
    expect(counts).toEqual([3, 3, 3, 3, 3, 3]);
    const trained = await readLines<Row>(options.folder, "data", "data", "train.jsonl");
    const rooms = new Set(trained.map(({ scene_name }) => scene_name));
    expect(held.filter(({ scene_name }) => rooms.has(scene_name))).toEqual([]);
  });

  test.each(["sft-0", "grpo-0"])("%s logged every step, its held-out rows, and its end", async (run) => {
    interface Event {
      event: string;
      step: number;
      metrics: Record<string, unknown>;
    }
    const events = await readLines<Event>(options.folder, "runs", run, "metrics.jsonl");
    const stepsOf = (kind: string) => events.filter(({ event }) => event === kind);
    expect(stepsOf("step").map(({ step }) => step)).toEqual([1, 2]);
    expect(stepsOf("held_out").map(({ step }) => step)).toEqual([1, 2]);
    const names = run === "grpo-0" ? ["reward", "reward_accuracy", "reward_guards", "kl"] : ["loss", "token_accuracy"];
    for (const { metrics } of stepsOf("step")) {
      for (const name of names) expect({ name, value: metrics[name] }).toEqual({ name, value: expect.any(Number) });
    }
    const record = JSON.parse(await readFile(join(options.folder, "runs", run, "run.json"), "utf8"));
    expect(record.sessions).toEqual([expect.objectContaining({ exit_code: 0 })]);
  });

  // By the server's own count of prompt tokens, with the frames and without.
  test.each([
    ["before", "shown", null],
    ["after", "shown", null],
    ["without-frames", "none", "without"],
    ["other-rooms", "shown", "other-rooms"],
  ])("%s: the served model answered every question, its images %s", async (name, images, frames_shown) => {
    const held = await readLines<{ id: string }>(options.folder, "held-out.jsonl");
    const answers = await readLines<Record<string, unknown>>(options.folder, "answers", `${name}-0`, "answers.jsonl");
    expect(answers.map(({ id }) => id).sort()).toEqual(held.map(({ id }) => id).sort());
    for (const answer of answers) expect(answer).toMatchObject({ error: null, prediction: expect.any(String) });
    const settings = await readFile(join(options.folder, "answers", `${name}-0`, "settings.json"), "utf8");
    expect(JSON.parse(settings)).toMatchObject({ images, frames_shown });
  });

  test.each(["sft.html", "grpo.html", "comparison-0.html"])("%s is a page with a figure", async (page) => {
    const html = await readFile(join(options.folder, page), "utf8");
    // Not the page itself: a failure would print all of it.
    expect(/^<!doctype html>.*<svg class="vsi-chart"/is.test(html)).toBe(true);
  });

  test("vsi-eval stops at a model whose folder lacks the processor's code, because its images are dropped", async () => {
    const model = join(ROOT, "without-code");
    await cp(join(options.folder, "runs", "grpo-0", "model"), model, { recursive: true });
    await rm(join(model, "image_only_processor.py"));
    const path = join(model, "processor_config.json");
    const { auto_map, image_processor, ...rest } = JSON.parse(await readFile(path, "utf8"));
    expect(auto_map.AutoProcessor).toMatch(/^image_only_processor\./);
    const { auto_map: _, ...image } = image_processor;
    await writeFile(path, JSON.stringify({ ...rest, image_processor: image }));

    const server = await serveModels(PYTHON, join(ROOT, "server.log"), AbortSignal.timeout(10 * MINUTES));
    try {
      const held = join(options.folder, "held-out.jsonl");
      const words = ["run", "--model", model, "--base-url", server.baseUrl, "--data", held, "--max-tokens", "8"];
      const frames = ["--frames-dir", join(options.folder, "held-out", "frames"), "--out", join(ROOT, "answers")];
      const { exitCode, stderr } = await runProcess([process.execPath, VSI_EVAL, ...words, ...frames], { env });
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/dropped/) });
    } finally {
      await server.stop();
    }
  });
});
