import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { writeJsonl } from "../../src/data/writeJsonl.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const root = temporaryFolder();

test("a line for each record; when one can't be made, what stood there stays and no part of a file is left", async () => {
  const path = join(root, "rows.jsonl");
  await writeJsonl(path, [{ a: 1 }, { b: "two\nlines" }]);
  expect(
    (await readFile(path, "utf8"))
      .split("\n")
      .slice(0, 2)
      .map((line) => JSON.parse(line)),
  ).toEqual([{ a: 1 }, { b: "two\nlines" }]);
  function* broken() {
    yield { c: 3 };
    throw new Error("no more");
  }
  await expect(writeJsonl(path, broken())).rejects.toThrow("no more");
  expect(await readdir(root)).toEqual(["rows.jsonl"]);
  expect(await readFile(path, "utf8")).toContain('{"a":1}');
});
