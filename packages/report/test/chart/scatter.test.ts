import { expect, test } from "@jest/globals";
import { attribute, type Element, linesOf, marksOf, readSvg } from "@vsi/testing/readMarkup";
import { CHART_LIMITS } from "../../src/chart/chartText.ts";
import { scatter } from "../../src/chart/scatter.ts";

const titles = { title: "t", xTitle: "x", yTitle: "y" };
const placeOf = (mark: Element) => {
  const [x, y] = attribute(mark, "transform")?.match(/-?[\d.]+/g) ?? [];
  return { x: Number(x), y: Number(y) };
};

test("points stand in proportion to their numbers; equal ones on the diagonal", async () => {
  const points = [1, 2, 4].map((value) => ({ x: value, y: value }));
  const places = marksOf(readSvg(await scatter({ ...titles, points, diagonal: true })), "layer_1_marks").map(placeOf);
  // 420 pixels square, y downwards.
  for (const { x, y } of places) expect(x + y).toBeCloseTo(420, 3);
  const [first, second, third] = places.map(({ x }) => x) as [number, number, number];
  expect((third - first) / (second - first)).toBeCloseTo(3, 6);
});

test("on logarithmic axes equal ratios are equal distances, and what is not above zero is counted", async () => {
  const points = [
    { x: 1, y: 1 },
    { x: 10, y: 1 },
    { x: 100, y: 1 },
    { x: 0, y: 1 },
    { x: 5, y: -1 },
  ];
  const svg = readSvg(await scatter({ ...titles, points, logarithmic: true }));
  const xs = marksOf(svg, "layer_0_marks").map((mark) => placeOf(mark).x);
  expect(xs).toHaveLength(3);
  const [first, second, third] = xs as [number, number, number];
  expect(third - second).toBeCloseTo(second - first, 6);
  expect(linesOf(svg)).toContain("2 values are zero or below, which a logarithmic axis can't show");
});

test("of 10,000 points a sample is shown, and said so", async () => {
  const points = Array.from({ length: 10_000 }, (_, index) => ({ x: index, y: index % 7, group: `g${index % 20}` }));
  const svg = readSvg(await scatter({ ...titles, points }));
  expect(marksOf(svg, "layer_0_marks")).toHaveLength(CHART_LIMITS.points);
  const texts = linesOf(svg);
  expect(texts).toContain("3,000 of 10,000 points shown, drawn at random");
  expect(texts).toContain("8 of 20 groups shown, the others in one colour");
  expect(texts).toContain("others (12)");
});
