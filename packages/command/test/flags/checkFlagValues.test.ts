import { describe, expect, test } from "@jest/globals";
import { checkFlagValues } from "../../src/flags/checkFlagValues.ts";
import { UsageError } from "../../src/usageError.ts";

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
