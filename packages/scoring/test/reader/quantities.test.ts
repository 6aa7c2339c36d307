import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { tokens } from "../../src/reader/plainText.ts";
import { findQuantities } from "../../src/reader/quantities.ts";

function quantities(text: string): string[] {
  return findQuantities(tokens(text)).map(({ value, unitText }) => `${value} ${unitText}`.trim());
}

describe("findQuantities", () => {
  test.each<[string, string[]]>([
    ["", []],
    ["no number", []],
    ["3 chairs, 2 tables", ["3", "2"]],
    ["2.5 m or 250cm", ["2.5 m", "250 cm"]],
    ["2 m and 50 cm", ["2.5 m"]],
    ["50 cm 2 m", ["50 cm", "2 m"]],
    ["20 m^2", ["20 square m"]],
    ["20 squared meters", ["20 square meters"]],
    ["3 m3", ["3 cubic m"]],
    ["3 meters cubed", ["3 cubic meters"]],
    ["3 cubic meters", ["3 cubic"]],
    ["3 degrees", ["3 degrees"]],
    ["3 million", ["3000000"]],
    ["2 and 1/2", ["2.5"]],
    ["2 and 3", ["2", "3"]],
    ["x3 3rd 4x5", []],
    ["3 200 mm", ["3200 mm"]],
    ["3\u2009200 mm", ["3200 mm"]],
    ["3\u202f200,5 mm", ["3200.5 mm"]],
    ["24 000 000 mm²", ["24000000 square mm"]],
    ["-1 200 mm", ["-1200 mm"]],
    // Without a unit, with two blanks or other than three digits they may be a list.
    ["3 200", ["3", "200"]],
    ["3 200 4 mm", ["3", "200", "4 mm"]],
    ["3  200 mm", ["3", "200 mm"]],
    ["3, 200 mm", ["3", "200 mm"]],
    ["3 20 mm", ["3", "20 mm"]],
    ["0 200 mm", ["0", "200 mm"]],
  ])("%j", (text, found) => {
    expect(quantities(text)).toEqual(found);
  });

  test("regression: a minus holds through what may stand before its number", () => {
    const between = fc.array(fc.constantFrom("(", "[", "**", "_", "~", "≈", "+", '"', " ", "about "), { maxLength: 4 });
    fc.assert(
      fc.property(between, fc.constantFrom("-", "\u2212", "minus ", "negative "), (parts, minus) => {
        expect(quantities(`${minus}${parts.join("")}3`)).toEqual(["-3"]);
      }),
    );
  });

  test("a dash between two things is no minus", () => {
    expect(quantities("2-3")).toEqual(["2", "3"]);
    expect(quantities("Answer - 3")).toEqual(["3"]);
    expect(quantities("Answer - **3**")).toEqual(["3"]);
    expect(quantities("is -3")).toEqual(["-3"]);
  });
});
