import { expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import { attribute, linesOf, marksOf, readSvg, textsOf } from "@vsi/testing/readMarkup";
import { groupedBars } from "../../src/charts.tsx";
import { CHART_LIMITS } from "../../src/parts/text.ts";

const barsOf = (svg: string) =>
  marksOf(readSvg(svg), "bars")
    .filter(({ tagName }) => tagName === "rect")
    .map((bar) => Number(attribute(bar, "width")));

test("bars are as long as their values, missing ones are left out, error bars stand where both ends are", () => {
  const svg = groupedBars({
    title: "t",
    categories: ["a", "b"],
    series: [
      { name: "one", values: [0.25, null], low: [0.2, null], high: [0.3, null] },
      { name: "two", values: [0.5, 1], low: [0.4, null], high: [null, 1] },
    ],
    xTitle: "x",
    xMax: 1,
  });
  const widths = barsOf(svg);
  const whole = at(widths, 2);
  expect(widths.map((width) => Math.round((100 * width) / whole))).toEqual([25, 50, 100]);
  const errorBars = marksOf(readSvg(svg), "bars").filter((line) => attribute(line, "class") === "interval");
  const [x1, x2] = ["x1", "x2"].map((name) => Number(attribute(errorBars[0]!, name))) as [number, number];
  expect(errorBars).toHaveLength(1);
  expect((x2 - x1) / whole).toBeCloseTo(0.1, 2);
  expect(linesOf(readSvg(svg))).toEqual(expect.arrayContaining(["one", "two", "a", "b", "1.0"]));
  expect(textsOf(readSvg(svg), "title")).toEqual(["a, one: 0.25 (0.2 to 0.3)", "a, two: 0.5", "b, two: 1"]);
});

test("of thousands of categories the largest are shown, the others as their mean", () => {
  const values = Array.from({ length: 3_000 }, (_, index) => (index % 100 === 7 ? 10 : 1));
  const categories = values.map((_, index) => `c${index}`);
  const svg = groupedBars({ title: "t", categories, series: [{ name: "s", values }], xTitle: "x" });
  const widths = barsOf(svg);
  expect(widths).toHaveLength(CHART_LIMITS.groups);
  const kept = CHART_LIMITS.groups - 1;
  const mean = (11 * 10 + 2_970) / (3_000 - kept);
  expect(at(widths, widths.length - 1) / at(widths, 0)).toBeCloseTo(mean / 10, 3);
  expect(linesOf(readSvg(svg))).toEqual(
    expect.arrayContaining(["c7", "others (2,981)", "19 of 3,000 categories shown, the others as their mean"]),
  );
});

test("of more series than colours the first are shown, and said so", () => {
  const series = Array.from({ length: 12 }, (_, index) => ({ name: `s${index}`, values: [1] }));
  const svg = groupedBars({ title: "t", categories: ["a"], series, xTitle: "x" });
  expect(barsOf(svg)).toHaveLength(CHART_LIMITS.series);
  expect(linesOf(readSvg(svg))).toContain("first 9 of 12 series shown");
});

test("a series that does not fit the categories is named", () => {
  const series = [{ name: "s", values: [1, 2], high: [1] }];
  expect(() => groupedBars({ title: "t", categories: ["a", "b"], series, xTitle: "x" })).toThrow(
    "series[0].high: got 1 entries, expected 2, one for each of categories.",
  );
});
