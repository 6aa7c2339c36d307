import { execFileSync } from "node:child_process";
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

  test("regression: a NUL in a config's path ended in a stack trace", () => {
    expect(() => checkFlagValues({ out: "a\0b" })).toThrow("--out: got a text with a NUL");
    expect(() => checkFlagValues({ types: ["a", "b\0"] }, ["types"])).toThrow("--types: got a text with a NUL");
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

  test.each([
    ["an object for a flag", '{"types": {"a": 1}}', 'an object for "types"'],
    ["a list in a list", '{"types": [["a"]]}', 'a list in a list for "types"'],
    ["null for a flag", '{"out": null}', 'null for "out"'],
    ["an object in a list", '{"types": ["a", {}]}', 'an object for "types"'],
    ["a part of a flag", '{"types.a": 1}', 'the name "types.a"'],
    ["the words without a flag", '{"_": ["merge"]}', 'the name "_"'],
    ["a prototype", '{"__proto__": {"out": "x"}}', 'the name "__proto__"'],
    ["a comma too many", '{\n  "out": "x",\n}', "not JSON in line 3"],
    ["a text without its end", '{\n"out": "x', "not JSON in line 2"],
    ["a comment", '{\n\n\n  // where to\n"out": "x"}', "not JSON in line 4"],
  ])("regression, wrong shapes ended in a stack trace: %s", (_, text, got) => {
    expect(() => readConfig(file(text))).toThrow(UsageError);
    expect(() => readConfig(file(text))).toThrow(got);
  });

  test("regression, a FIFO hung: it, a folder and a device are refused before anything is read", () => {
    const fifo = join(folder, "fifo");
    execFileSync("mkfifo", [fifo]);
    expect(() => readConfig(fifo)).toThrow("got a pipe, socket or device");
    expect(() => readConfig("/dev/zero")).toThrow("got a pipe, socket or device");
    expect(() => readConfig(folder)).toThrow("got a folder");
  });

  test("a file of more than a MiB is refused with the reason", () => {
    expect(() => readConfig(file(" ".repeat(1024 * 1024 + 1)))).toThrow("more than the 1048576");
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
