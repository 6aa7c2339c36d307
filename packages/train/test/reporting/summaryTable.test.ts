import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { readRun } from "../../src/reporting/readRun.ts";
import { summaryTable } from "../../src/reporting/summaryTable.ts";
import { writeFakeRun } from "../support/fakeRecord.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const FOLDER = temporaryFolder();

test.each([
  ["Qwen/Qwen2-VL-2B-Instruct", "Qwen/Qwen2-VL-2B-Instruct"],
  ["/home/me/runs/sft-0/model", "sft-0/model"],
  ["C:\\runs\\sft-0\\model", "sft-0/model"],
  ["tiny", "tiny"],
])("regression: a folder's long path pushed columns out of the page: %s is shown as %s", async (model, shown) => {
  const folder = await mkdtemp(join(FOLDER, "run-"));
  await writeFakeRun(folder, { steps: [{ loss: 1 }] });
  const run = await readRun(folder);
  const settings = { ...run.record.settings, model };
  const { columns, rows } = summaryTable([{ ...run, record: { ...run.record, settings } }]);
  expect(rows[0]![columns.findIndex(({ head }) => head === "model")]).toBe(shown);
});
