import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { OptionsError } from "../src/errors.ts";
import { checkArguments, fields, listOf, oneOf, optional, orNull, TEXT, WHOLE } from "../src/kinds.ts";
import { checkOptions, checkRecord, closestName } from "../src/options.ts";

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

test("regression: what must be given was advised to be left out for the default", () => {
  const kinds = { out: TEXT, limit: optional(orNull(WHOLE)) };
  const advised = (value: unknown) => () => checkRecord(value, kinds, "export");
  expect(advised({})).toThrow("out: got nothing, expected a string. Give out; it has no default.");
  expect(advised({ out: "a", limit: "60" })).toThrow(
    /limit: got "60", .* Correct limit, or leave it out for the default/,
  );
  expect(advised(undefined)).toThrow("value: got nothing, expected an object with some of out, limit.");
  expect(advised({ out: "a" })).not.toThrow();
});

test("regression: of an object or list it was not said which part does not fit", () => {
  const request = fields({ completion: TEXT, mode: oneOf(["vanilla", "think"]) });
  const given = (requests: unknown) => () =>
    checkArguments("reward", { requests: [requests, optional(listOf(request, "a list of requests"))] });
  expect(
    given([
      { completion: "3", mode: "think" },
      { completion: "3", mode: "thnk" },
    ]),
  ).toThrow(
    'reward(): requests[1].mode: got "thnk", expected one of vanilla, think. Give requests as its documentation says.',
  );
  expect(given([{ mode: "think" }])).toThrow("requests[0].completion: got nothing, expected a string.");
  expect(given("none")).toThrow('requests: got "none", expected a list of requests, or nothing.');
  expect(given(undefined)).not.toThrow();
});

test("a class is told by its name, with the article that it is spoken with", () => {
  const got = (value: unknown) => () => checkArguments("read", { bytes: [value, TEXT] });
  expect(got(new ArrayBuffer(3))).toThrow("got an ArrayBuffer,");
  expect(got(new Int32Array(3))).toThrow("got an Int32Array of 3,");
  expect(got(new Uint8Array(3))).toThrow("got a Uint8Array of 3,");
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
