import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { jsonErrorPlace } from "../../src/program/jsonPlace.ts";

describe("jsonErrorPlace", () => {
  test.each([
    ["", 1],
    ["{", 1],
    ["[1,\n2,\n]", 3],
    ['{"a"\n:\n1\n"b": 2}', 4],
    ["[1] \n\n x", 3],
    ["{\n'a': 1}", 2],
    ['{"a": 01}', 1],
    ["[\ntrue false]", 2],
    ["[}", 1],
    ['{"a": "\n"}', 1],
  ])("%j breaks off in line %d", (text, line) => {
    expect(jsonErrorPlace(text)).toBe(`line ${line}`);
  });

  test("JSON has no such place", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        expect(jsonErrorPlace(` ${JSON.stringify(value, null, indent)}\r\n`)).toBeNull();
      }),
    );
  });

  test("agrees with JSON.parse on what is JSON", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"\\u0041"',
      "1",
      "-0.5e3",
      "true",
      "null",
      " ",
      "\n",
      "x",
      '"',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 9 }), (words) => {
        const text = words.join("");
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        expect(jsonErrorPlace(text) === null).toBe(isJson);
      }),
      { numRuns: 5000 },
    );
  });
});
