import { expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import { attribute, linesOf, marksOf, readSvg } from "@vsi/testing/readMarkup";
import fc from "fast-check";
import { histogram } from "../../src/chart/histogram.ts";

const sizesOf = (svg: string) =>
  marksOf(readSvg(svg), "layer_0_marks").map((bar) => {
    const [, width, height] = attribute(bar, "d")!.match(/h(-?[\d.e-]+)v(-?[\d.e-]+)/)!;
    return { width: Math.abs(Number(width)), height: Math.abs(Number(height)) };
  });

test("round bins, with boundary values in the upper one", async () => {
  // 0.1 to 0.9 and 1: ten values, one in each bin of 0.1 but for the last, which holds 0.9 and 1.
  const values = Array.from({ length: 11 }, (_, index) => index / 10);
  const heights = sizesOf(await histogram({ title: "t", values, xTitle: "x", bins: 10 })).map(({ height }) => height);
  const one = at(heights, 0);
  expect(heights.map((height) => Math.round(height / one))).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
});

test("one bar more than asked for at most, all of one width", async () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  await fc.assert(
    fc.asyncProperty(
      fc.array(value, { minLength: 1, maxLength: 50 }),
      fc.integer({ min: 1, max: 60 }),
      async (values, bins) => {
        const sizes = sizesOf(await histogram({ title: "t", values, xTitle: "x", bins }));
        expect(sizes.length).toBeLessThanOrEqual(bins + 1);
        for (const { width } of sizes) expect(width).toBeCloseTo(620 / sizes.length, 6);
      },
    ),
    { numRuns: 25 },
  );
});

test("values that are not finite are counted in the subtitle", async () => {
  const values = [1, Number.NaN, Number.POSITIVE_INFINITY, 2, Number.NEGATIVE_INFINITY];
  expect(linesOf(readSvg(await histogram({ title: "t", values, xTitle: "x" })))).toContain("3 values are not finite");
});

test.each([0, -1, 2.5, Number.NaN])("bins of %d are refused", async (bins) => {
  await expect(histogram({ title: "t", values: [1], xTitle: "x", bins })).rejects.toMatchObject({ code: "bad-bins" });
});
