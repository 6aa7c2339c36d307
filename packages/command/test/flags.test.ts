import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { UsageError } from "../src/errors.ts";
import { checkFlagValues, readConfig, splitAtCommas, wholeNumber } from "../src/flags.ts";

describe("checkFlagValues", () => {
  test("takes single values, and lists where a flag takes several", () => {
    const flags = { _: [], types: ["a", "b"], scenes: [], out: "x", seed: 0, resume: false };
    expect(() => checkFlagValues(flags, ["types", "scenes"])).not.toThrow();
  });

  test("refuses a flag that was given twice, naming both values", () => {
    expect(() => checkFlagValues({ out: ["one", "two"] })).toThrow(UsageError);
    expect(() => checkFlagValues({ out: ["one", "two"] }, ["types"])).toThrow("--out: got one and two");
  });

  test("refuses an empty value, which would mean the current folder", () => {
    expect(() => checkFlagValues({ out: "" })).toThrow("--out: got an empty value");
  });
});

describe("readConfig", () => {
  const folder = mkdtempSync(join(tmpdir(), "vsi-command-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  function file(text: string): string {
    const path = join(folder, "config.json");
    writeFileSync(path, text);
    return path;
  }

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

describe("wholeNumber", () => {
  test("takes every whole number from the least on, and nothing else", () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.double()), fc.integer({ min: -9, max: 9 }), (value, least) => {
        const check = wholeNumber("--seed", least);
        if (Number.isSafeInteger(value) && value >= least) expect(check(value)).toBe(value);
        else expect(() => check(value)).toThrow(UsageError);
      }),
    );
    expect(() => wholeNumber("--seed", 0)(-1)).toThrow("--seed: got -1, expected one whole number of at least 0.");
  });
});

describe("splitAtCommas", () => {
  test("what was joined with commas and blanks comes apart again", () => {
    const word = fc.stringMatching(/^[a-z0-9_=]+$/);
    fc.assert(
      fc.property(fc.array(fc.array(word)), (groups) => {
        expect(splitAtCommas(groups.map((words) => words.join(" , ")))).toEqual(groups.flat());
      }),
    );
  });
});
