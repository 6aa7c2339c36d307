import { expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import { attribute, linesOf, marksOf, readSvg } from "@vsi/testing/readMarkup";
import { CHART_LIMITS } from "../../src/chart/chartText.ts";
import { groupedBars } from "../../src/chart/groupedBars.ts";

/** Height of an upright bar in pixels, out of its path "M26,200h34v100h-34Z". */
const heightOf = (path: string) => Math.abs(Number(path.match(/v(-?[\d.e-]+)/)![1]));

test("bars are as high as their values, missing ones are left out, error bars stand where both ends are", async () => {
  const svg = readSvg(
    await groupedBars({
      title: "t",
      categories: ["a", "b"],
      series: [
        { name: "one", values: [0.25, null], low: [0.2, null], high: [0.3, null] },
        { name: "two", values: [0.5, 1], low: [0.4, null], high: [null, 1] },
      ],
      yTitle: "y",
      yMax: 1,
    }),
  );
  const heights = marksOf(svg, "layer_0_marks").map((bar) => heightOf(attribute(bar, "d")!));
  // The plot is 300 pixels high.
  expect(heights.map((height) => Math.round(height))).toEqual([75, 150, 300]);
  const errorBars = marksOf(svg, "layer_2_marks");
  expect(errorBars.map((line) => Math.round(Math.abs(Number(attribute(line, "y2")))))).toEqual([30]);
  expect(linesOf(svg)).toEqual(expect.arrayContaining(["one", "two", "a", "b", "1.0"]));
});

test("of thousands of categories the largest are shown, the others as their mean", async () => {
  const values = Array.from({ length: 3_000 }, (_, index) => (index % 100 === 7 ? 10 : 1));
  const categories = values.map((_, index) => `c${index}`);
  const svg = readSvg(await groupedBars({ title: "t", categories, series: [{ name: "s", values }], yTitle: "y" }));
  const paths = marksOf(svg, "layer_0_marks").map((bar) => attribute(bar, "d")!);
  expect(paths).toHaveLength(CHART_LIMITS.groups);
  const kept = CHART_LIMITS.groups - 1;
  const mean = (11 * 10 + (2_970 - 0) * 1) / (3_000 - kept);
  expect(heightOf(at(paths, paths.length - 1)) / heightOf(at(paths, 0))).toBeCloseTo(mean / 10, 5);
  expect(linesOf(svg)).toEqual(
    expect.arrayContaining(["c7", "others (2,981)", "19 of 3,000 categories shown, the others as their mean"]),
  );
});

test("of more series than colours the first are shown, and said so", async () => {
  const series = Array.from({ length: 12 }, (_, index) => ({ name: `s${index}`, values: [1] }));
  const svg = readSvg(await groupedBars({ title: "t", categories: ["a"], series, yTitle: "y" }));
  expect(marksOf(svg, "layer_0_marks")).toHaveLength(CHART_LIMITS.series);
  expect(linesOf(svg)).toContain("first 9 of 12 series shown");
});

test("a series that does not fit the categories is named", async () => {
  const series = [{ name: "s", values: [1, 2], high: [1] }];
  await expect(groupedBars({ title: "t", categories: ["a", "b"], series, yTitle: "y" })).rejects.toThrow(
    "series[0].high: got 1 entries, expected 2, one for each of categories.",
  );
});
