import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readQuestionGroups } from "../../../src/audit/questions/readQuestionGroups.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("readQuestionGroups", () => {
  const folder = temporaryFolder();

  test("an empty file has no groups; a line that is no question is named with file and line", async () => {
    await mkdir(join(folder(), "data"));
    await writeFile(join(folder(), "data", "train.jsonl"), "");
    expect(await readQuestionGroups(folder(), "train")).toEqual([]);
    await writeFile(join(folder(), "data", "train.jsonl"), '\n{"schema": "vsi-question/1"}\n');
    await expect(readQuestionGroups(folder(), "train")).rejects.toThrow(/train\.jsonl: line 2/);
    await expect(readQuestionGroups(folder(), "test")).rejects.toThrow(/test\.jsonl/);
  });
});
