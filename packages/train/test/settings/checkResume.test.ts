import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { UsageError } from "@vsi/command";
import { writeJsonl } from "../../src/data/writeJsonl.ts";
import { checkResume } from "../../src/settings/checkResume.ts";
import { ROWS_FILES, resolveSettings } from "../../src/settings/resolveSettings.ts";
import { VSI_100K_QUESTIONS } from "../support/question.ts";
import { makeRowsOf } from "../support/rows.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { makeTrainOptions } from "../support/trainOptions.ts";

const root = temporaryFolder();
const rows = VSI_100K_QUESTIONS.map((question) => makeRowsOf(question).grpo);

test("a run goes on with the same weights and rows, and nothing else", async () => {
  const settings = resolveSettings(makeTrainOptions(), root, false);
  // Ended before it started: nothing to compare with.
  await checkResume(settings, rows);
  await mkdir(join(root, "rows"));
  await writeFile(join(root, "worker.json"), JSON.stringify(settings));
  await writeJsonl(join(root, ROWS_FILES.train), rows);
  await checkResume(settings, rows);
  await checkResume(resolveSettings(makeTrainOptions({ learningRate: 1, steps: 3 }), root, false), rows);
  await expect(checkResume(settings, rows.slice(1))).rejects.toThrow(UsageError);
  await expect(checkResume(settings, [...rows].reverse())).rejects.toThrow(/the rows are not those/);
  const other = resolveSettings(makeTrainOptions({ model: "someone/else", lora: null }), root, false);
  await expect(checkResume(other, rows)).rejects.toThrow(/began with model "Qwen\/Qwen2-VL-2B-Instruct"/);
});
