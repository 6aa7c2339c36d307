import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { temporaryFolder } from "@vsi/testing/folders";
import { hasRows } from "../../src/rows/prepareRows.ts";

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
