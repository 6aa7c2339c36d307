import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { type RewardRequest, reward } from "@vsi/scoring";
import { runProcess } from "@vsi/testing/commands";
import { describeTrainer, newFolder, trainerPython } from "@vsi/testing/trainerPython";
import { copyWorkerPackage, PYTHON_FOLDER, readWorkerPackage } from "../../src/environment/workerPackage.ts";
import { exportDataset } from "../../src/export/exportDataset.ts";
import { VSI_100K_QUESTIONS } from "../support/question.ts";
import { sharedTinyModel } from "../support/runTrainer.ts";
import { writeDataset } from "../support/writeDataset.ts";

const README = await readFile(join(PYTHON_FOLDER, "README.md"), "utf8");
const [, SCRIPT = ""] = /```python\n([\s\S]*?)```/.exec(README) ?? [];

/** What stands in the README's script for a real model and a GPU, and what the test puts there. */
const FOR_THE_TEST: readonly (readonly [there: string, here: (tiny: string) => string])[] = [
  ['MODEL = "Qwen/Qwen2-VL-2B-Instruct"', (tiny) => `MODEL = ${JSON.stringify(tiny)}`],
  ["max_pixels=100_352", () => "max_pixels=3_136, trust_remote_code=True"],
  ["num_generations=14, per_device_train_batch_size=14", () => "num_generations=2, per_device_train_batch_size=2"],
  [
    "max_completion_length=512, bf16=True",
    () => 'max_completion_length=4, use_cpu=True, max_steps=1, logging_steps=1, report_to="none"',
  ],
];

const truth = {
  ground_truth: "2.5",
  question_type: "object_abs_distance",
  options: null,
  mode: "vanilla",
  reward: "mra",
} as const;
const REQUESTS: readonly RewardRequest[] = [
  { ...truth, completion: "The distance between the two objects is 2.5 meters." },
  { ...truth, completion: "about 2 or 3 m" },
  { ...truth, completion: "2.3 m" },
  { ...truth, mode: "think", completion: "<think></think><answer>2.5</answer>" },
];

describeTrainer("the package installed by pip, beside nothing of ours", () => {
  let folder: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    folder = await newFolder();
    const [copy, installed] = [join(folder, "copy"), join(folder, "installed")];
    await copyWorkerPackage(await readWorkerPackage(PYTHON_FOLDER), copy);
    const words = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--target", installed];
    const { exitCode, stderr } = await runProcess([trainerPython!, "-m", "pip", "install", ...words, copy]);
    expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining("ERROR")]);
    env = {
      PYTHONPATH: installed,
      HF_HUB_OFFLINE: "1",
      OMP_NUM_THREADS: "1",
      HF_HOME: join(folder, "hub"),
      VSI_REWARD: "",
    };
  });

  test("pays what @vsi/scoring pays", async () => {
    await writeFile(join(folder, "requests.json"), JSON.stringify(REQUESTS));
    const script = `
import json, sys
from vsi_trainer.rewards import VsiReward
requests = json.load(open(sys.argv[1]))
columns = {name: [request[name] for request in requests] for name in requests[0]}
print(json.dumps(VsiReward()(columns.pop("completion"), **columns)))
`;
    const { stdout, stderr } = await runProcess([trainerPython!, "-c", script, join(folder, "requests.json")], { env });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual(REQUESTS.map((request) => reward(request).total));
  });

  test("the README's script trains a step with TRL's own trainer", async () => {
    const data = await writeDataset(join(folder, "data"), { train: VSI_100K_QUESTIONS });
    await exportDataset({
      ...{
        data,
        framesDir: null,
        format: "trl",
        method: "grpo",
        out: join(folder, "export"),
        mode: "think",
        reward: "paper",
      },
      ...{ rewardWeights: null, split: "train", types: null, limit: null, heldOut: 0, frames: 16, maxPixels: 100_352 },
      ...{ relativePaths: false, seed: 0, overwrite: false },
    });
    expect(SCRIPT.trim().split("\n").length).toBeLessThanOrEqual(18);
    let script = SCRIPT;
    const tiny = await sharedTinyModel();
    for (const [there, here] of FOR_THE_TEST) {
      expect(script).toContain(there);
      script = script.replace(there, here(tiny));
    }
    await writeFile(join(folder, "script.py"), script);
    const command = ["env", "-C", folder, trainerPython!, "script.py"];
    const { exitCode, stdout, stderr } = await runProcess(command, { env });
    expect({ exitCode, errors: exitCode === 0 ? "" : stderr.slice(-3000) }).toEqual({ exitCode: 0, errors: "" });
    expect(stdout).toMatch(/'rewards\/vsi\/mean': /);
    expect(stdout).toMatch(/'vsi_accuracy': /);
  });
});

test("the file is written by the build and holds our own code alone", async () => {
  const bundle = await readFile(join(PYTHON_FOLDER, "vsi_trainer", "vsi_reward.mjs"), "utf8");
  expect(bundle).toMatch(/^\/\/ vsi-reward of @vsi\/scoring \d+\.\d+\.\d+ as one file/);
  expect(bundle).not.toMatch(/from\s*["'](?!node:)[^"']+["']/);
});
