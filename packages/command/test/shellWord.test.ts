import { execFileSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { shellWord } from "../src/shellWord.ts";

test.each([
  ["raw", "raw"],
  ["~/scans/a-b", "~/scans/a-b"],
  ["-s4", "./-s4"],
  ["my rooms", "'my rooms'"],
  ["it's", "'it'\\''s'"],
])("regression, what was advised could not be typed: %s is typed as %s", (path, word) => {
  expect(shellWord(path)).toBe(word);
});

test("a shell reads any path again", () => {
  const paths = fc.array(
    fc.string({ minLength: 1 }).filter((path) => !/[\0~]/.test(path)),
    { minLength: 50, maxLength: 50 },
  );
  const property = (list: string[]) => {
    const script = list.map((path) => `printf '%s\\0' ${shellWord(path)}`).join("\n");
    const read = execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
    expect(read).toEqual(list.map((path) => (path.startsWith("-") ? `./${path}` : path)));
  };
  fc.assert(fc.property(paths, property), { numRuns: 5 });
});
