import { expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import { attribute, linesOf, marksOf, readSvg, textOf } from "@vsi/testing/readMarkup";
import { bars } from "../../src/charts.tsx";
import { CHART_LIMITS } from "../../src/parts/text.ts";

const barsOf = (svg: string) => marksOf(readSvg(svg), "bars").filter(({ tagName }) => tagName === "rect");
const widthsOf = (svg: string) => barsOf(svg).map((bar) => Number(attribute(bar, "width")));

test("bars are as long as their values, with the values beside them and in what a pointer shows", () => {
  const svg = bars({ title: "t", categories: ["a", "b", "b"], values: [1000, 250, 0], xTitle: "n" });
  const widths = widthsOf(svg);
  expect(at(widths, 1) / at(widths, 0)).toBeCloseTo(0.25, 3);
  expect(widths).toHaveLength(3);
  expect(linesOf(readSvg(svg))).toEqual(expect.arrayContaining(["1,000", "250", "0", "n"]));
  expect(barsOf(svg).map(textOf)).toEqual(["a: 1,000", "b: 250", "b: 0"]);
});

test("a bar below zero begins at zero too", () => {
  const svg = bars({ title: "t", categories: ["a", "b"], values: [-2, 4], xTitle: "n" });
  const [below, above] = barsOf(svg).map((bar) => [Number(attribute(bar, "x")), Number(attribute(bar, "width"))]);
  expect(below![0]! + below![1]!).toBeCloseTo(above![0]!, 1);
  expect(above![1]! / below![1]!).toBeCloseTo(2, 1);
});

test("counts have whole numbers on their axis", () => {
  const svg = readSvg(bars({ title: "t", categories: ["a", "b"], values: [1, 2], xTitle: "n" }));
  const ticks = svg.elements.filter((element) => attribute(element, "class") === "tick middle").map(textOf);
  expect(ticks).toEqual(["0", "1", "2"]);
});

test("names that are too long to stand beside their bars stand above them", () => {
  const name = "object_rel_direction_medium";
  const svg = readSvg(bars({ title: "t", categories: [name, "b"], values: [1, 2], xTitle: "n" }));
  const texts = svg.elements.filter(({ tagName }) => tagName === "text");
  const [label] = texts.filter((text) => textOf(text) === name);
  const [bar] = marksOf(svg, "bars").filter(({ tagName }) => tagName === "rect");
  expect(Number(attribute(label!, "y"))).toBeLessThan(Number(attribute(bar!, "y")));
});

test("of a thousand categories the largest are shown, the others as their sum", () => {
  const values = Array.from({ length: 1_000 }, (_, index) => index);
  const svg = bars({ title: "t", categories: values.map(String), values, xTitle: "n" });
  const kept = CHART_LIMITS.bars - 1;
  const sum = values.slice(0, -kept).reduce((total, value) => total + value, 0);
  expect(widthsOf(svg)).toHaveLength(CHART_LIMITS.bars);
  const texts = linesOf(readSvg(svg));
  expect(texts).toContain(sum.toLocaleString("en-US"));
  expect(texts).toContain(`others (${1_000 - kept})`);
});
