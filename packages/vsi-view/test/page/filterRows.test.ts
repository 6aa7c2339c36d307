import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { filterRows, TextSearch } from "../../src/page/questions/filterRows.ts";

const facetArbitrary = (rows: number) =>
  fc.record({
    values: fc
      .array(fc.integer({ min: -1, max: 3 }), { minLength: rows, maxLength: rows })
      .map((list) => Int32Array.from(list)),
    size: fc.constant(4),
    wanted: fc.option(fc.integer({ min: 0, max: 3 })),
  });

describe("filterRows", () => {
  test("rows and counts are those of filtering every row by itself", () => {
    fc.assert(
      fc.property(fc.array(facetArbitrary(30), { maxLength: 5 }), fc.nat(30), fc.nat(30), (facets, one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const all = Array.from({ length: to - from }, (_, index) => from + index);
        const passes = Uint8Array.from({ length: 30 }, (_, row) => row % 7 && 1);
        const fits = (row: number, but = -1) =>
          passes[row] === 1 &&
          facets.every(({ values, wanted }, at) => at === but || wanted === null || values[row] === wanted);
        const { rows, counts } = filterRows(facets, from, to, passes);
        expect([...rows]).toEqual(all.filter((row) => fits(row)));
        for (const [at, { values }] of facets.entries()) {
          expect([...counts[at]!]).toEqual(
            [0, 1, 2, 3].map((value) => all.filter((row) => values[row] === value && fits(row, at)).length),
          );
        }
      }),
    );
  });
});

describe("TextSearch", () => {
  test("every word, whatever its case; what is typed further or taken back finds the same as a search anew", () => {
    const texts = ["A red Chair by the door", "the chair", "CHAIRS (red)", "door", ""];
    const search = new TextSearch(texts);
    for (const query of [
      "c",
      "ch",
      "chair",
      "chair red",
      "chair r",
      "chair",
      "red chair",
      "  ",
      "door",
      "doo",
      "doors",
      "red",
    ]) {
      const words = query.toLowerCase().split(/\s+/).filter(Boolean);
      const expected = texts.map((text) => Number(words.every((word) => text.toLowerCase().includes(word))));
      const found = search.find(query);
      expect([query, found && [...found]]).toEqual([query, words.length === 0 ? null : expected]);
    }
  });
});
