import { expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import { attribute, linesOf, marksOf, readSvg, textsOf } from "@vsi/testing/readMarkup";
import { lines } from "../../src/charts.tsx";
import { CHART_LIMITS } from "../../src/parts/text.ts";

const titles = { title: "t", xTitle: "x", yTitle: "y" };

test("one line and its dots a series, one band where there are ends, points in the order of x", () => {
  const points = [3, 1, 2].map((x) => ({ x, y: x * x }));
  const banded = points.map((point) => ({ ...point, low: point.y - 1, high: point.y + 1 }));
  const series = [
    { name: "a", points },
    { name: "b", points: banded },
  ];
  const svg = readSvg(lines({ ...titles, series }));
  const drawn = marksOf(svg, "lines");
  expect(drawn.filter(({ tagName }) => tagName === "circle")).toHaveLength(6);
  expect(marksOf(svg, "bands")).toHaveLength(1);
  const paths = drawn.flatMap((mark) => attribute(mark, "d") ?? []);
  expect(paths).toHaveLength(2);
  const places = [...at(paths, 0).matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  const [first, second, third] = places as [number, number][];
  expect(places).toHaveLength(3);
  expect((second![0] - first![0]) / (third![0] - second![0])).toBeCloseTo(1, 1);
  // 1, 4, 9: steps of 3 and 5, upwards.
  expect((first![1] - second![1]) / (second![1] - third![1])).toBeCloseTo(3 / 5, 2);
});

test("a pointer anywhere above a place is told every series' number there", () => {
  const series = ["a", "b"].map((name, index) => ({ name, points: [1, 2].map((x) => ({ x, y: x + index })) }));
  expect(textsOf(readSvg(lines({ ...titles, series })), "title")).toEqual(["x 1\na: 1\nb: 2", "x 2\na: 2\nb: 3"]);
});

test("steps have whole numbers on their axis", () => {
  const points = [1, 2, 3].map((x) => ({ x, y: 0.5 }));
  const texts = linesOf(readSvg(lines({ ...titles, series: [{ name: "a", points }] })));
  expect(texts).toEqual(expect.arrayContaining(["1", "2", "3"]));
  expect(texts).not.toContain("1.5");
});

test("a single point is seen", () => {
  const svg = readSvg(lines({ ...titles, series: [{ name: "a", points: [{ x: 1, y: 1 }] }] }));
  expect(marksOf(svg, "lines").filter(({ tagName }) => tagName === "circle")).toHaveLength(1);
});

test("a line of 10,000 points keeps its spike", () => {
  const points = Array.from({ length: 10_000 }, (_, x) => ({ x, y: x === 5_003 ? 900 : Math.sin(x) }));
  const texts = linesOf(readSvg(lines({ ...titles, series: [{ name: "a", points }] })));
  expect(texts).toContain("800");
  expect(texts.join(" ")).toContain("up to 10,000 points per line, thinned to each stretch's lowest and highest");
});

test("a dashed line has its whole one's colour, in the plot and in the legend", () => {
  const points = [1, 2].map((x) => ({ x, y: x }));
  const svg = lines({
    ...titles,
    series: [
      { name: "a", points, colour: 2 },
      { name: "a, held-out", points, colour: 2, isDashed: true },
    ],
  });
  expect(svg.match(/<g class="lines s2"><path class="stroke( dashed)?"/g)).toEqual([
    '<g class="lines s2"><path class="stroke"',
    '<g class="lines s2"><path class="stroke dashed"',
  ]);
  expect(svg.match(/<g class="s2"><rect class="fill"/g)).toHaveLength(2);
});

test("a colour beyond the palette's last is one of its first; a negative one is refused", () => {
  const points = [{ x: 1, y: 1 }];
  expect(lines({ ...titles, series: [{ name: "a", points, colour: CHART_LIMITS.series }] })).toContain("lines s0");
  expect(() => lines({ ...titles, series: [{ name: "a", points, colour: -1 }] })).toThrow("colour");
});
