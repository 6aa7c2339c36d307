import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { guessing } from "../../src/training/data.ts";

const ROOT = temporaryFolder();

test("guessing earns what the most frequent answer is right for", async () => {
  const path = join(ROOT, "questions.jsonl");
  const answers = ["2", "7", "3", "7", "4", "7", "2", "5"];
  await writeFile(path, answers.map((ground_truth) => `${JSON.stringify({ ground_truth })}\n`).join(""));
  expect(await guessing(path)).toEqual({ questions: 8, share: 3 / 8 });
});
