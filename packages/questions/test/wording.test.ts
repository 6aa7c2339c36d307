import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { fillTemplate, letteredOptions, matchTemplate, roundAnswer } from "../src/wording.ts";

describe("fillTemplate", () => {
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
});

describe("matchTemplate", () => {
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
});

describe("letteredOptions", () => {
  test("VSI-Bench's form", () => {
    expect(letteredOptions(["left", "right", "back"])).toEqual(["A. left", "B. right", "C. back"]);
    expect(letteredOptions([..."uvwxyz"]).at(-1)).toBe("F. z");
    expect(letteredOptions([])).toEqual([]);
  });
});

describe("roundAnswer", () => {
  test.each([
    [6.08, 1, "6.1"],
    [6, 1, "6.0"],
    [0, 1, "0.0"],
    [9.96, 1, "10.0"],
    [112.5, 0, "113"],
    [0.5, 0, "1"],
    [2.5, 0, "3"], // Python's round and numpy's: 2
    [0.25, 1, "0.3"], // Python's round: 0.2
    [1.005, 2, "1.01"], // toFixed: "1.00"
    [0.35, 1, "0.4"],
    [0.1 + 0.2, 1, "0.3"],
    [1.15 - 0.000001, 1, "1.1"],
    [0.0499999, 1, "0.0"],
  ])("%d to %d decimals is %s", (value, decimals, text) => {
    expect(roundAnswer(value, decimals)).toBe(text);
  });

  test("a decimal of two digits is rounded like a person does, digit by digit", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (hundredths) => {
        const tenths = Math.floor(hundredths / 10) + (hundredths % 10 >= 5 ? 1 : 0);
        const expected = `${Math.floor(tenths / 10)}.${tenths % 10}`;
        expect(
          roundAnswer(Number(`${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`), 1),
        ).toBe(expected);
      }),
    );
  });

  test("the text is within half a last digit of the value", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.nat(2), (value, decimals) => {
        const text = roundAnswer(value, decimals);
        expect(text).toMatch(decimals === 0 ? /^\d+$/ : new RegExp(`^\\d+\\.\\d{${decimals}}$`));
        expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(0.5 * 10 ** -decimals + 1e-5);
      }),
    );
  });
});
