import { expect, test } from "@jest/globals";
import { READERS } from "@vsi/scoring";
import { READER_NAMES } from "@vsi/scoring/choices";
import { checkOutputFiles } from "../../src/commands/score.ts";

test("a file that is read, or written for two things, is refused however its path is written", () => {
  const read = ["runs/p.jsonl"];
  expect(() => checkOutputFiles({ csv: "runs/p.csv", html: "runs/p.html", "per-question": null }, read)).not.toThrow();
  expect(() => checkOutputFiles({ csv: "runs/../runs/./p.jsonl" }, read)).toThrow(/--csv/);
  expect(() => checkOutputFiles({ csv: "out", html: "./out" }, read)).toThrow(/--html/);
});

test("--reader offers every reader by its name", () => {
  expect(READER_NAMES).toEqual(READERS.map(({ name }) => name));
});
