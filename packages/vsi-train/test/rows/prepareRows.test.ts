import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { hasRows, prepareRows } from "../../src/rows/prepareRows.ts";
import { makeTrainOptions } from "../support/trainOptions.ts";

const root = temporaryFolder();

test("a split counts when it is there and has a question of a type that is asked for", async () => {
  await mkdir(join(root, "data"));
  expect(await hasRows(root, "validation", null)).toBe(false);
  await writeFile(join(root, "data", "validation.jsonl"), "");
  expect(await hasRows(root, "validation", null)).toBe(false);
  await writeFile(join(root, "data", "validation.jsonl"), '{"question_type": "object_counting"}\n');
  expect(await hasRows(root, "validation", null)).toBe(true);
  expect(await hasRows(root, "validation", ["object_counting"])).toBe(true);
  expect(await hasRows(root, "validation", ["route_planning"])).toBe(false);
});

test("a dataset that is being replaced is not trained on", async () => {
  const data = join(root, "half");
  await mkdir(join(data, ".vsi-build"), { recursive: true });
  await writeFile(join(data, ".vsi-build", "publishing.json"), "{}");
  await expect(prepareRows(makeTrainOptions({ data }))).rejects.toThrow("partly old and partly new");
});

test("regression: a dataset of test rooms alone was called a file that was moved", async () => {
  const data = join(root, "benchmark-rooms");
  await mkdir(join(data, "data"), { recursive: true });
  await writeFile(join(data, "manifest.json"), "{}");
  await writeFile(join(data, "data", "test.jsonl"), "{}\n");
  await expect(prepareRows(makeTrainOptions({ data }))).rejects.toThrow(
    `${data}: got questions of test only, expected some of train. Test rooms are never trained on: build a dataset`,
  );
});
