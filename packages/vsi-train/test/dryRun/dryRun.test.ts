import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { runProcess, runVsiTrain } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { forkingPython } from "@vsi/testing/forkingPython";
import { describeTrainer } from "@vsi/testing/trainerPython";
import { askWorker } from "../../src/dryRun/askWorker.ts";
import { type DryRunReport, describeDryRun, settingSources } from "../../src/dryRun/dryRun.ts";
import { TrainError } from "../../src/errors.ts";
import { PRESET_NAMES, PRESETS } from "../../src/settings/presets.ts";
import { resolveSettings, trainerArguments } from "../../src/settings/resolveSettings.ts";
import { makeQuestion, VSI_100K_QUESTIONS } from "../support/question.ts";
import { makeRowsOf } from "../support/rows.ts";
import { makeTrainOptions } from "../support/trainOptions.ts";
import { writeDataset } from "../support/writeDataset.ts";

const options = makeTrainOptions();
const settings = resolveSettings(options, "/nowhere", false);
const rows = [makeRowsOf(makeQuestion()).grpo];

test("a Python that is none is named, with what to type", async () => {
  const failed = askWorker(settings, rows, { python: "/no/python", processes: 1 });
  await expect(failed).rejects.toThrow(TrainError);
  await expect(failed).rejects.toThrow(/^\/no\/python: .*vsi-train doctor/);
});

describeTrainer("TRL's refusal", () => {
  test("is said in its own words", async () => {
    const strange = { ...settings, trainer: { ...settings.trainer, no_such_option: 1 } };
    await expect(askWorker(strange, rows, { python: await forkingPython(), processes: 1 })).rejects.toThrow(
      /no_such_option/,
    );
  });
});

describe("describeDryRun", () => {
  const report: DryRunReport = {
    preset: "vsgrpo-2b",
    source: { learning_rate: "given", lora: "the paper" },
    settings: resolveSettings(makeTrainOptions(), "/runs/a", false),
    rows: { train: 5, held_out: 2, by_type: { object_counting: 5 }, skipped: {} },
    schedule: { perStep: 112, questions: 8, rollouts: 14, steps: 12_500 },
    prompts: [
      { id: "a", text: "first line\nsecond line", images: ["/a.jpg", "/b.jpg"], tokens: 43 },
      { id: "b", text: "other", images: [], tokens: null },
    ],
    notes: ["counts are unknown"],
    config: null,
    memory: null,
    command: ["/my env/python", "-m", "vsi_trainer", "/runs/it's/worker.json"],
  };

  test("shows rows, settings with their source, prompts with their tokens, notes and a command that a shell takes", () => {
    const text = describeDryRun(report);
    expect(text).toContain("Rows: 5 to train on (object_counting 5), 2 held out.");
    // Regression: how large a step is on all processes, and how many there are, was left to reckon.
    expect(text).toContain(
      "A step: batch 14 x accumulation 1 x 8 processes = 112 completions, 14 for each of 8 questions; 12,500 steps.",
    );
    expect(text).toContain("learning_rate = 0.00001 (given)");
    expect(text).toContain("Prompt a: 2 frames, 43 tokens\n  first line\n  second line");
    expect(text).toContain("Prompt b: 0 frames, tokens unknown");
    expect(text).toContain("Note: counts are unknown");
    expect(text).toContain("Memory: not estimated");
    expect(text.split("\n").at(-1)).toBe(`  '/my env/python' -m vsi_trainer '/runs/it'\\''s/worker.json'`);
  });

  test("a memory estimate is called one", () => {
    const memory = {
      weights: 4e9,
      optimizer: 1e9,
      activations: 2e9,
      logits: 1e9,
      images: 1e9,
      keyValues: 1e9,
      total: 8e9,
    };
    expect(describeDryRun({ ...report, memory })).toMatch(/a rough estimate: 8.0 GB \(weights 4.0 GB/);
  });
});

test("the preset's source stands only where the preset's value does", () => {
  const options = makeTrainOptions();
  expect(settingSources(options).learning_rate).toMatch(/^arXiv 2504\.00883v2/);
  const changed = makeTrainOptions({
    learningRate: 1e-3,
    lora: null,
    frames: 4,
    trainer: { ...options.trainer, beta: 0 },
  });
  expect(settingSources(changed)).toMatchObject({
    learning_rate: "given",
    lora: "given",
    frames: "given",
    beta: "given",
  });
  expect(settingSources(changed).temperature).toBe(settingSources(options).temperature);
});

test("no source is for a setting that TRL is not told", () => {
  const told = Object.keys(trainerArguments(makeTrainOptions(), true));
  const named = Object.keys(settingSources(makeTrainOptions()));
  expect(named.filter((name) => !told.includes(name)).sort()).toEqual(["frames", "lora", "max_pixels"]);
});

describe("dryRun", () => {
  const root = temporaryFolder();
  const pythonFolder = new URL("../../python", import.meta.url).pathname;

  beforeAll(async () => {
    await writeDataset(join(root, "data"), { train: VSI_100K_QUESTIONS, validation: [makeQuestion()] });
  });

  const grpoPresets = PRESET_NAMES.filter((name) => PRESETS[name].methods.grpo !== undefined);

  async function report(words: readonly string[], env: Record<string, string> = {}): Promise<DryRunReport> {
    const ran = await runVsiTrain(
      [...words, "--data", join(root, "data"), "--out", join(root, "run"), "--dry-run", "--json"],
      env,
    );
    expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
    return JSON.parse(ran.stdout) as DryRunReport;
  }

  describe("--dry-run without a trainer", () => {
    test("says that token counts are unknown and what to type, shows prompts and the command, and writes nothing", async () => {
      const words = ["grpo", "--data", join(root, "data"), "--out", join(root, "run"), "--dry-run"];
      const { exitCode, stdout } = await runVsiTrain(words);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/are unknown. There is no training environment yet. Run vsi-train setup/);
      expect(stdout).toContain("How many chair(s) are in this room?");
      expect(stdout).toContain(`python3 -m vsi_trainer ${join(root, "run", "worker.json")}`);
      expect(stdout).toMatch(/learning_rate = 0.00001 \(arXiv 2504\.00883v2/);
      expect(await readdir(root)).toEqual(["data"]);
    });

    test("regression: that the training would be refused its folder was not said", async () => {
      await mkdir(join(root, "taken"));
      await writeFile(join(root, "taken", "thesis.tex"), "mine");
      const given = ["sft", "--data", join(root, "data"), "--out", join(root, "taken"), "--dry-run"];
      const { exitCode, stdout, stderr } = await runVsiTrain(given);
      expect({ exitCode, stdout, stderr }).toEqual({
        exitCode: 2,
        stdout: expect.stringContaining("nothing was started"),
        stderr: expect.stringContaining("is not empty and holds no run of vsi-train"),
      });
      await rm(join(root, "taken"), { recursive: true });
    });

    test("a setting that was given is not said to be the paper's", async () => {
      expect((await report(["grpo", "--learning-rate", "0.1"])).source.learning_rate).toBe("given");
    });

    test("several processes and hosts are in the command", async () => {
      const one = await report(["grpo", "--processes", "8"]);
      expect(one.command.join(" ")).toMatch(
        /torch\.distributed\.run --shutdown-timeout=600 --standalone --nproc_per_node=8 -m vsi_trainer/,
      );
      const slurm = { SLURM_NNODES: "2", SLURM_NODEID: "1", SLURM_JOB_NODELIST: "gpu[1-2]" };
      const two = await report(["grpo", "--processes", "8"], slurm);
      expect(two.command.join(" ")).toMatch(
        /--nnodes=2 --node_rank=1 --nproc_per_node=8 --master_addr=gpu1 .* -m vsi_trainer/,
      );
    });
  });

  describe("errors of the dataset come before anything is started, with exit code 2 and no stack", () => {
    test("no question of the types", async () => {
      const words = ["sft", "--data", join(root, "data"), "--out", join(root, "run"), "--types", "route_planning"];
      const { exitCode, stderr } = await runVsiTrain([...words, "--dry-run"]);
      expect({ exitCode, stderr }).toEqual({
        exitCode: 2,
        stderr: expect.stringMatching(/^vsi-train: .*train\.jsonl: got no questions of type route_planning.*\n$/),
      });
    });

    test("a missing frame, with its line", async () => {
      const folder = await writeDataset(join(root, "broken"), {
        train: [makeQuestion(), makeQuestion({ frames: ["b.jpg"] })],
      });
      await rm(join(folder, "frames", "scene9000_00", "b.jpg"));
      const { exitCode, stderr } = await runVsiTrain([
        "grpo",
        "--data",
        folder,
        "--out",
        join(root, "run"),
        "--dry-run",
      ]);
      expect({ exitCode, stderr }).toMatchObject({
        exitCode: 2,
        stderr: expect.stringMatching(/train\.jsonl: line 2, .*b\.jpg/),
      });
    });

    test("wrong usage is exit code 2", async () => {
      const { exitCode, stderr } = await runVsiTrain(["grpo", "--data", "x", "--out", "y", "--batch", "4"]);
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/--rollouts 14/) });
    });

    test("--help lists the method's presets", async () => {
      const { exitCode, stdout } = await runVsiTrain(["grpo", "--help"]);
      expect(exitCode).toBe(0);
      for (const preset of grpoPresets) expect(stdout).toContain(preset);
    });
  });

  describeTrainer("--dry-run with a trainer", () => {
    test("counts the tokens of the first prompts as the model will see them, and builds TRL's configuration", async () => {
      const python = await forkingPython();
      const env = { VSI_TRAINER_PYTHON: python, HF_HUB_OFFLINE: "1" };
      const tiny = join(root, "tiny");
      const command = [python, "-m", "vsi_trainer.tiny_model", tiny, "--seed", "1"];
      expect(await runProcess(command, { env: { ...env, PYTHONPATH: pythonFolder } })).toMatchObject({ exitCode: 0 });
      // 16 processes of 7 make whole groups of 8, which one process alone would not.
      const words = ["grpo", "--preset", "tiny", "--model", tiny, "--batch", "7", "--processes", "16"];
      const { config, prompts, command: started, notes } = await report(words, env);
      // A frame of 56 x 56 pixels is four tokens with a mark before and after it; the dataset has one frame a question.
      for (const { tokens, text } of prompts) {
        expect(tokens).toBeGreaterThan(6);
        expect(tokens).toBeLessThan(6 + text.length);
      }
      expect(config).toMatchObject({ beta: 1e-4, loss_type: "grpo", num_generations: 8, generation_batch_size: 112 });
      // A step of 14 questions is more than there are.
      expect(notes).toEqual([
        expect.stringMatching(/^The run itself is refused: got \d+ questions? to train on, expected at least 14: /),
      ]);
      expect(started[0]).toBe(python);
    });
  });
});
