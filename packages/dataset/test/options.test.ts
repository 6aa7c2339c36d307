import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { OptionsError } from "../src/errors.ts";
import { checkOptions, closestName } from "../src/options.ts";

const KNOWN = { seed: 0, types: [], maxPerScene: {} };

describe("checkOptions", () => {
  test("lets known names, a known name without a value, and no options pass", () => {
    for (const options of [{ seed: 1 }, { seed: undefined }, {}, undefined]) {
      expect(() => checkOptions(options, KNOWN, "make")).not.toThrow();
    }
  });

  test("names a misspelt option, the one that was meant, and all that exist", () => {
    expect(() => checkOptions({ sed: 1 }, KNOWN, "make")).toThrow(
      new OptionsError("option-unknown", {
        file: "options of make",
        place: "sed",
        got: "an option that does not exist",
        expected: "one of seed, types, maxPerScene",
        advice: 'Did you mean "seed"?',
      }),
    );
  });

  test("suggests nothing where no name is close", () => {
    expect(() => checkOptions({ colour: 1 }, KNOWN, "make")).toThrow("Remove it, or check its name.");
  });

  test("does not take inherited members for options", () => {
    expect(() => checkOptions({ constructor: 1 }, KNOWN, "make")).toThrow("constructor: got an option");
    expect(() => checkOptions(JSON.parse('{"__proto__": 1}'), KNOWN, "make")).toThrow("__proto__: got an option");
  });

  test.each([
    ["null", null, "got null"],
    ["a number", 1, "got 1"],
    ["a text", "seed", 'got "seed"'],
    ["a list", [1], "got a list of 1"],
  ])("refuses %s in place of the options", (_, options, found) => {
    expect(() => checkOptions(options, KNOWN, "make")).toThrow(found);
  });
});

describe("closestName", () => {
  test.each([
    ["sed", "seed"],
    ["tpyes", "types"],
    ["MAXPERSCENE", "maxPerScene"],
    ["maxPerScenes", "maxPerScene"],
  ])("%s is %s", (misspelt, meant) => {
    expect(closestName(misspelt, Object.keys(KNOWN))).toBe(meant);
  });

  test("finds a name of six or more letters after any one letter was changed", () => {
    const word = fc.string({ minLength: 6, maxLength: 20, unit: fc.constantFrom(..."abcdefghij") });
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom(..."xyz"), (name, place, letter) => {
        const changed = place % name.length;
        expect(closestName(name.slice(0, changed) + letter + name.slice(changed + 1), [name])).toBe(name);
      }),
    );
  });
});
