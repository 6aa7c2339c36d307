import { expect, test } from "@jest/globals";
import { attribute, linesOf, marksOf, readSvg, textsOf } from "@vsi/testing/readMarkup";
import { forest } from "../../src/charts.tsx";

const SVG = readSvg(
  forest({
    title: "t",
    rows: ["a", "b", "c"],
    series: [{ name: "official", values: [4, -1, null], low: [2, -3, null], high: [6, 1, null] }],
    xTitle: "points",
  }),
);
const marks = marksOf(SVG, "estimates");

test("a dot in the middle of its line, as long as the interval; nothing where there is no value", () => {
  const dots = marks.filter(({ tagName }) => tagName === "circle").map((dot) => Number(attribute(dot, "cx")));
  const lines = marks
    .filter(({ tagName }) => tagName === "line")
    .map((line) => ["x1", "x2"].map((name) => Number(attribute(line, name))) as [number, number]);
  expect(dots).toHaveLength(2);
  for (const [index, [from, to]] of lines.entries()) expect((from + to) / 2).toBeCloseTo(dots[index]!, 1);
  const [first, second] = lines.map(([from, to]) => to - from);
  expect(first).toBeCloseTo(second!, 1);
  expect((dots[0]! - dots[1]!) / first!).toBeCloseTo(5 / 4, 2);
});

test("a dot is hollow where its interval includes the reference, and the chart says so", () => {
  const dots = marks.filter(({ tagName }) => tagName === "circle").map((dot) => attribute(dot, "class"));
  expect(dots).toEqual(["fill", "hollow"]);
  expect(linesOf(SVG)).toContain("hollow: the interval includes 0");
});

test("regression: a dot without an interval was filled, as one that chance hardly explains", () => {
  const svg = readSvg(
    forest({ title: "t", rows: ["a"], series: [{ name: "s", values: [4], low: [null], high: [null] }], xTitle: "x" }),
  );
  const [dot] = marksOf(svg, "estimates").filter(({ tagName }) => tagName === "circle");
  expect(attribute(dot!, "class")).toBe("hollow");
  expect(linesOf(svg)).toContain("hollow without a line: no interval");
  expect(linesOf(svg).join()).not.toContain("includes 0");
});

test("what a pointer shows", () => {
  expect(textsOf(SVG, "title")).toEqual(["a, official: 4 (2 to 6)", "b, official: -1 (-3 to 1)"]);
});

test("a series that does not fit the rows is named", () => {
  expect(() => forest({ title: "t", rows: ["a"], series: [{ name: "s", values: [] }], xTitle: "x" })).toThrow(
    "series[0].values: got 0 entries, expected 1, one for each of rows.",
  );
});
