import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { runProcess, runVsiTrain } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { VSI_100K_QUESTIONS } from "../support/question.ts";
import { sharedTinyModel } from "../support/runTrainer.ts";
import { writeDataset } from "../support/writeDataset.ts";

const SCRIPT = fileURLToPath(new URL("../support/peers/other_trainers.py", import.meta.url));
const WORKER = fileURLToPath(new URL("../../python", import.meta.url));

/** Each trainer, the release that was tried, and the variable that names a Python with it. */
const TRAINERS = [
  { trainer: "ms-swift", methods: ["grpo", "sft", "dpo"], variable: "VSI_MS_SWIFT_PYTHON" },
  { trainer: "llamafactory", methods: ["sft", "dpo"], variable: "VSI_LLAMAFACTORY_PYTHON" },
  { trainer: "verl", methods: ["grpo"], variable: "VSI_VERL_PYTHON" },
] as const;

const root = temporaryFolder();
const data = join(root, "data");
beforeAll(() => writeDataset(data, { train: VSI_100K_QUESTIONS }));

/** An export, as the trainer's own dataset class loads it. */
async function loaded(trainer: string, method: string, python: string) {
  const out = join(root, `${trainer}-${method}`);
  const words = ["export", "--format", trainer, "--method", method, "--data", data, "--out", out, "--quiet"];
  expect(await runVsiTrain(words)).toMatchObject({ exitCode: 0 });
  const env = { PYTHONPATH: WORKER, HF_HUB_OFFLINE: "1", USE_HF: "1", CUDA_VISIBLE_DEVICES: "" };
  const model = await sharedTinyModel();
  const { exitCode, stdout, stderr } = await runProcess([python, SCRIPT, trainer, out, model], { env });
  expect({ exitCode, stderr: exitCode === 0 ? "" : stderr.slice(-2000) }).toEqual({ exitCode: 0, stderr: "" });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

describe.each(TRAINERS)("$trainer's own dataset class", ({ trainer, methods, variable }) => {
  const python = process.env[variable];
  if (python === undefined) process.stderr.write(`skipped: ${variable} names no Python with ${trainer}\n`);

  (python === undefined ? test.skip : test).each(methods.map((method) => [method]))(
    "takes every row of %s",
    async (method) => {
      const first = VSI_100K_QUESTIONS[0]!;
      const rows = await loaded(trainer, method, python ?? "");
      expect(rows.rows).toBe(VSI_100K_QUESTIONS.length);
      if (trainer === "ms-swift") {
        expect(rows.prompt).toContain(first.question);
        expect(rows.prompt.match(/<image>/g)).toHaveLength(rows.images);
        expect(rows).toMatchObject({ unknown: [], frozen: true });
        expect(rows.answers).toEqual(method === "grpo" ? [] : [first.ground_truth]);
        if (method === "grpo") {
          expect(rows.columns).toEqual(expect.arrayContaining(["ground_truth", "question_type", "mode", "reward"]));
        }
        if (method === "dpo") expect(rows.rejected).not.toBeNull();
      } else if (trainer === "llamafactory") {
        expect(rows.text).toContain(first.question);
        expect(rows.text).toContain("<|image_pad|>");
        // Not cut: what a frame's placeholders stand for would be missing.
        expect(rows.longest).toBeLessThan(rows.cutoff);
      } else {
        expect(rows.ground_truth).toBeTruthy();
        // verl 0.9 reads custom_reward_function no more: its own reward then refused every answer.
        expect(rows.reward).toMatch(/\.compute_score$/);
        expect(rows.reference).toBe(true);
        expect(rows.excluded).toBe(".*visual.*");
        // The one that wants TransferQueue.
        expect(rows.trainer).toBe("PPOTrainerSync");
        // Not below wherever it was started: verl goes on from what it finds there, be it another export's.
        expect(rows.checkpoints).toBe(join(root, `${trainer}-${method}`, "checkpoints"));
        expect(await readFile(join(root, `${trainer}-${method}`, "verl_grpo.sh"), "utf8")).toContain(
          `data.max_prompt_length=${rows.limit} `,
        );
      }
    },
  );
});
