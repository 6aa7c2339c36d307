import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { matchTemplate } from "../../src/queries/matchTemplate.ts";
import { fillTemplate } from "../../src/text/fillTemplate.ts";

const any = () => true;
const name: fc.Arbitrary<string> = fc.constantFrom(
  "bed",
  "a (b)",
  "lamp $& {a}",
  "x.*",
  "and the",
  "tv, and",
  "the a and the b",
  "?",
  "[",
  "\\",
);

test("what fillTemplate put in comes out, when the values are known", () => {
  const template = "From the {a} and the {b}, is the {c}, or the {b}?";
  fc.assert(
    fc.property(name, name, name, (a, b, c) => {
      const text = fillTemplate(template, { a, b, c });
      const values = matchTemplate(template, text, any);
      expect(fillTemplate(template, values!)).toBe(text);
      const known = matchTemplate(template, text, (value) => [a, b, c].includes(value));
      expect(fillTemplate(template, known!)).toBe(text);
      expect(Object.values(known!).every((value) => [a, b, c].includes(value))).toBe(true);
    }),
  );
});

describe("several splits", () => {
  const template = "the {a} and the {b}.";
  const text = "the table and the chair and the lamp.";

  test("the first place takes the shortest value", () => {
    expect(matchTemplate(template, text, any)).toEqual({ a: "table", b: "chair and the lamp" });
  });

  test("unless only another is accepted", () => {
    const accepts = (value: string) => ["table and the chair", "lamp"].includes(value);
    expect(matchTemplate(template, text, accepts)).toEqual({ a: "table and the chair", b: "lamp" });
  });
});

test.each([
  ["another start", "A bed?"],
  ["another end", "The bed!"],
  ["nothing in the place", "The ?"],
  ["nothing", ""],
  ["more after the end", "The bed? Yes."],
])("%s: no match", (_, text) => {
  expect(matchTemplate("The {a}?", text, any)).toBeNull();
});

test("a place that stands twice needs the same value twice", () => {
  expect(matchTemplate("{a} or {a}", "bed or bed", any)).toEqual({ a: "bed" });
  expect(matchTemplate("{a} or {a}", "bed or tv", any)).toBeNull();
  expect(matchTemplate("{a} or {a}", "x or y or x or y", any)).toEqual({ a: "x or y" });
});

test("a template without places is its own text alone", () => {
  expect(matchTemplate("How large?", "How large?", any)).toEqual({});
  expect(matchTemplate("How large?", "How large? How large?", any)).toBeNull();
});

test("a long text that breaks off is given up at once", () => {
  const tries: string[] = [];
  const accepts = (value: string) => tries.push(value) > 0;
  expect(matchTemplate("({a}, {b}, {c}, {d}) is", `(${"x, ".repeat(5000)}`, accepts)).toBeNull();
  expect(tries).toEqual([]);
});
