import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { countOf, describeValue, isRecord, jsonExcerpt, ownValue } from "../src/values.ts";

test.each<[unknown, string]>([
  [undefined, "nothing"],
  [null, "null"],
  [[1, 2], "a list of 2"],
  [{}, "an object"],
  ["a\nb", '"a\\nb"'],
  [1.5, "1.5"],
  [Number.NaN, "NaN"],
  [-Infinity, "-Infinity"],
  [true, "true"],
])("%p is described as %s", (value, text) => {
  expect(describeValue(value)).toBe(text);
});

test("any value gives a short line that is not empty", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const text = describeValue(value);
      expect(text.trim()).not.toBe("");
      expect(text.length).toBeLessThanOrEqual(80);
      expect(text).not.toMatch(/[\r\n]/);
    }),
  );
});

test("objects are records, those named like inherited members too", () => {
  expect(isRecord({})).toBe(true);
  expect(isRecord(JSON.parse('{"__proto__": 1}'))).toBe(true);
});

test.each([null, undefined, [], [{}], "{}", 0, true])("%j is none", (value) => {
  expect(isRecord(value)).toBe(false);
});

test("a field of the file is found, whatever its name", () => {
  expect(ownValue({ label: "chair" }, "label")).toBe("chair");
  expect(ownValue(JSON.parse('{"__proto__": 1}'), "__proto__")).toBe(1);
});

test.each(["constructor", "__proto__", "toString", "label"])(
  "%s, which the file does not have, is undefined",
  (key) => {
    expect(ownValue({}, key)).toBeUndefined();
  },
);

test("JSON in one line, cut when it is long, with a mark where one is asked for", () => {
  expect([undefined, null, "a\nb", [1]].map((value) => jsonExcerpt(value))).toEqual([
    "nothing",
    "null",
    '"a\\nb"',
    "[1]",
  ]);
  expect(jsonExcerpt("x".repeat(78), "…")).toBe(JSON.stringify("x".repeat(78)));
  expect(jsonExcerpt("x".repeat(500))).toHaveLength(80);
  expect(jsonExcerpt("x".repeat(500), "…")).toHaveLength(81);
});

test("a number of things is in the singular for one, whatever its plural", () => {
  expect([countOf(1, "value"), countOf(0, "value"), countOf(3000, "point")]).toEqual([
    "1 value",
    "0 values",
    "3,000 points",
  ]);
  expect([countOf(1, "box", "boxes"), countOf(2, "box", "boxes")]).toEqual(["1 box", "2 boxes"]);
});
