import { expect, test } from "@jest/globals";
import { attribute, type Element, linesOf, marksOf, readSvg, textsOf } from "@vsi/testing/readMarkup";
import { scatter } from "../../src/charts.tsx";
import { CHART_LIMITS } from "../../src/parts/text.ts";

const titles = { title: "t", xTitle: "x", yTitle: "y" };
const pointsOf = (svg: string) => marksOf(readSvg(svg), "points").filter(({ tagName }) => tagName === "circle");
const placeOf = (mark: Element) => ({ x: Number(attribute(mark, "cx")), y: Number(attribute(mark, "cy")) });

test("points stand in proportion to their numbers; equal ones on the diagonal", () => {
  const points = [1, 2, 4].map((value) => ({ x: value, y: value }));
  const svg = scatter({ ...titles, points, diagonal: true });
  const places = pointsOf(svg).map(placeOf);
  // Square, y downwards.
  const sum = places[0]!.x + places[0]!.y;
  for (const { x, y } of places) expect(x + y).toBeCloseTo(sum, 1);
  const [first, second, third] = places.map(({ x }) => x) as [number, number, number];
  expect((third - first) / (second - first)).toBeCloseTo(3, 3);
  expect(textsOf(readSvg(svg), "title")).toEqual(["1, 1", "2, 2", "4, 4"]);
});

test("on logarithmic axes equal ratios are equal distances, and what is not above zero is counted", () => {
  const points = [
    { x: 1, y: 1 },
    { x: 10, y: 1 },
    { x: 100, y: 1 },
    { x: 0, y: 1 },
    { x: 5, y: -1 },
  ];
  const svg = scatter({ ...titles, points, logarithmic: true });
  const xs = pointsOf(svg).map((mark) => placeOf(mark).x);
  expect(xs).toHaveLength(3);
  const [first, second, third] = xs as [number, number, number];
  expect(third - second).toBeCloseTo(second - first, 1);
  expect(linesOf(readSvg(svg)).join(" ")).toContain("2 values are zero or below, which a logarithmic axis can't show");
});

test("of 10,000 points a sample is shown, and said so", () => {
  const points = Array.from({ length: 10_000 }, (_, index) => ({ x: index, y: index % 7, group: `g${index % 20}` }));
  const svg = scatter({ ...titles, points });
  expect(pointsOf(svg)).toHaveLength(CHART_LIMITS.points);
  const texts = linesOf(readSvg(svg));
  expect(texts).toContain("3,000 of 10,000 points shown, drawn at random");
  expect(texts).toContain("8 of 20 groups shown, the others in one colour");
  expect(texts).toContain("others (12)");
});
