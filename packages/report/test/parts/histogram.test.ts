import { expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import { attribute, linesOf, marksOf, readSvg, textOf } from "@vsi/testing/readMarkup";
import fc from "fast-check";
import { histogram } from "../../src/charts.tsx";

const sizesOf = (svg: string) =>
  marksOf(readSvg(svg), "bars")
    .filter(({ tagName }) => tagName === "rect")
    .map((bar) => ({ width: Number(attribute(bar, "width")), height: Number(attribute(bar, "height")) }));

test("round bins, with boundary values in the upper one", () => {
  // 0.1 to 0.9 and 1: ten values, one in each bin of 0.1 but for the last, which holds 0.9 and 1.
  const values = Array.from({ length: 11 }, (_, index) => index / 10);
  const heights = sizesOf(histogram({ title: "t", values, xTitle: "x", bins: 10 })).map(({ height }) => height);
  const one = at(heights, 0);
  expect(heights.map((height) => Math.round(height / one))).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
});

test("one bar more than asked for at most, all of one width, every value counted", () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 50 }), fc.integer({ min: 1, max: 60 }), (values, bins) => {
      const svg = histogram({ title: "t", values, xTitle: "x", bins });
      const sizes = sizesOf(svg);
      expect(sizes.length).toBeLessThanOrEqual(bins + 1);
      // Hundredths of a unit are written.
      for (const { width } of sizes) expect(Math.abs(width - at(sizes, 0).width)).toBeLessThan(0.03);
      const counts = [...svg.matchAll(/: ([\d,]+) values?<\/title>/g)].map(([, count]) => Number(count));
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
    }),
    { numRuns: 100 },
  );
});

test("the axis of counts has whole numbers", () => {
  const svg = readSvg(histogram({ title: "t", values: [1, 2, 2], xTitle: "x" }));
  const ticks = svg.elements.filter((element) => attribute(element, "class") === "tick end").map(textOf);
  expect(ticks).toEqual(["0", "1", "2"]);
});

test("values that are not finite are counted in the subtitle", () => {
  const values = [1, Number.NaN, Number.POSITIVE_INFINITY, 2, Number.NEGATIVE_INFINITY];
  expect(linesOf(readSvg(histogram({ title: "t", values, xTitle: "x" })))).toContain("3 values are not finite");
});

test.each([0, -1, 2.5, Number.NaN])("bins of %d are refused", (bins) => {
  expect(() => histogram({ title: "t", values: [1], xTitle: "x", bins })).toThrow(
    expect.objectContaining({ code: "bad-bins" }),
  );
});
