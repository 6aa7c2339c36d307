import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { fillTemplate } from "../../src/text/fillTemplate.ts";

test("every label stays letter by letter, whatever it holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (a, b) => {
      expect(fillTemplate("the {a}, the {b} and the {a}", { a, b })).toBe(`the ${a}, the ${b} and the ${a}`);
    }),
  );
});

test("labels that look like replacement patterns or places are not read as such", () => {
  expect(fillTemplate("{a} {b}", { a: "$& $1 $` {b}", b: "{a}" })).toBe("$& $1 $` {b} {a}");
});

test("a place without a value is an error, also when objects have a property of that name", () => {
  expect(() => fillTemplate("the {lamp}", { bed: "x" })).toThrow(/got \{lamp\}, expected one of bed/);
  expect(() => fillTemplate("{toString}", {})).toThrow(expect.objectContaining({ code: "template-place" }));
});
