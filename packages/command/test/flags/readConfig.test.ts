import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { readConfig } from "../../src/flags/readConfig.ts";
import { UsageError } from "../../src/usageError.ts";

const folder = mkdtempSync(join(tmpdir(), "vsi-command-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, "config.json");
  writeFileSync(path, text);
  return path;
}

describe("readConfig", () => {
  test("an object's values are the flags", () => {
    expect(readConfig(file('{"out": "./x", "seed": 3}'))).toEqual({ out: "./x", seed: 3 });
  });

  test.each([
    ["not JSON", "{"],
    ["a list", "[]"],
    ["null", "null"],
    ["a number", "3"],
  ])("%s is refused by file name", (_, text) => {
    expect(() => readConfig(file(text))).toThrow(UsageError);
    expect(() => readConfig(file(text))).toThrow("config.json: got");
  });

  test("a file that is not there is named", () => {
    expect(() => readConfig(join(folder, "none.json"))).toThrow("none.json");
  });
});
