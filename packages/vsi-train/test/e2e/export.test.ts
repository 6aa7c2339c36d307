import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { runVsiTrain } from "@vsi/testing/commands";
import { temporaryFolder } from "@vsi/testing/folders";
import { VSI_100K_QUESTIONS } from "../support/question.ts";
import { writeDataset } from "../support/writeDataset.ts";

const root = temporaryFolder();

beforeAll(async () => {
  await writeDataset(join(root, "data"), { train: VSI_100K_QUESTIONS });
});

const exportTo = (name: string, ...words: string[]) =>
  runVsiTrain(["export", "--data", join(root, "data"), "--out", join(root, name), ...words]);

test("says what was written where, and as JSON", async () => {
  const { exitCode, stdout } = await exportTo("verl", "--format", "verl", "--mode", "think");
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: `6 rows of train written to ${join(root, "verl")}: train.parquet, vsi_reward.py, verl_grpo.sh\n`,
  });
  const json = await exportTo("lf", "--format", "llamafactory", "--json");
  expect(JSON.parse(json.stdout)).toMatchObject({
    rows: { train: 6 },
    files: ["train.jsonl", "dataset_info.json", "llamafactory.yaml"],
  });
});

test("takes the types, limit and frames asked for", async () => {
  await exportTo("few", "--format", "trl", "--types", "object_counting,room_size_estimation", "--reward", "mra");
  const lines = (await readFile(join(root, "few", "train.jsonl"), "utf8")).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { question_type: "object_counting", reward: "mra" },
    { question_type: "room_size_estimation", reward: "mra" },
  ]);
});

test.each([
  [["--format", "llamafactory", "--method", "grpo"], /llamafactory has no grpo, only sft and dpo/],
  [["--format", "verl", "--relative-paths"], /--relative-paths: verl opens images as they are named/],
  [["--format", "trl", "--method", "dpo", "--mode", "think"], /--mode: got think, expected vanilla/],
  [["--format", "parquet"], /--format: got parquet, expected one of trl, ms-swift, llamafactory, verl, easyr1/],
])("%j is wrong usage and writes nothing", async (words, message) => {
  const { exitCode, stderr } = await exportTo("nothing", ...words);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
  expect(await readdir(root)).not.toContain("nothing");
});
