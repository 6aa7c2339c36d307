import { expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import { attribute, linesOf, marksOf, readSvg } from "@vsi/testing/readMarkup";
import { bars } from "../../src/chart/bars.ts";
import { CHART_LIMITS } from "../../src/chart/chartText.ts";

const widthOf = (path: string) => Math.abs(Number(path.match(/h(-?[\d.e-]+)/)![1]));

test("bars are as long as their values, with the values beside them", async () => {
  const svg = readSvg(await bars({ title: "t", categories: ["a", "b", "b"], values: [1000, 250, 0], xTitle: "n" }));
  const widths = marksOf(svg, "layer_0_marks").map((bar) => widthOf(attribute(bar, "d")!));
  expect(at(widths, 1) / at(widths, 0)).toBeCloseTo(0.25, 6);
  expect(widths).toHaveLength(3);
  expect(marksOf(svg, "layer_1_marks")).toHaveLength(3);
  expect(linesOf(svg)).toEqual(expect.arrayContaining(["1,000", "250", "0", "n"]));
});

test("of a thousand categories the largest are shown, the others as their sum", async () => {
  const values = Array.from({ length: 1_000 }, (_, index) => index);
  const svg = readSvg(await bars({ title: "t", categories: values.map(String), values, xTitle: "n" }));
  const kept = CHART_LIMITS.bars - 1;
  const sum = values.slice(0, -kept).reduce((total, value) => total + value, 0);
  expect(marksOf(svg, "layer_0_marks")).toHaveLength(CHART_LIMITS.bars);
  const texts = linesOf(svg);
  expect(texts).toContain(sum.toLocaleString("en-US"));
  expect(texts).toContain(`others (${1_000 - kept})`);
});
