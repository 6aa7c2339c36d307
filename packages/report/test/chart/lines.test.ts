import { expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import { attribute, linesOf, marksOf, readSvg } from "@vsi/testing/readMarkup";
import { lines } from "../../src/chart/lines.ts";

const titles = { title: "t", xTitle: "x", yTitle: "y" };

test("one line and its dots a series, one band where there are ends, points in the order of x", async () => {
  const points = [3, 1, 2].map((x) => ({ x, y: x * x }));
  const banded = points.map((point) => ({ ...point, low: point.y - 1, high: point.y + 1 }));
  const svg = readSvg(
    await lines({
      ...titles,
      series: [
        { name: "a", points },
        { name: "b", points: banded },
      ],
    }),
  );
  expect(marksOf(svg, "layer_2_marks")).toHaveLength(6);
  const paths = ["layer_0_pathgroup", "layer_1_pathgroup"].map((layer) =>
    marksOf(svg, layer)
      .flatMap((mark) => attribute(mark, "d") || [])
      .filter((path) => /\d.*L/.test(path)),
  );
  expect(paths.map(({ length }) => length)).toEqual([1, 2]);
  const xs = [...at(at(paths, 1), 0).matchAll(/[ML](-?[\d.]+),/g)].map(([, x]) => Number(x));
  expect(xs).toEqual([...xs].sort((a, b) => a - b));
  expect(xs).toHaveLength(3);
});

test("a single point is seen", async () => {
  const svg = readSvg(await lines({ ...titles, series: [{ name: "a", points: [{ x: 1, y: 1 }] }] }));
  expect(marksOf(svg, "layer_2_marks")).toHaveLength(1);
});

test("a line of 10,000 points keeps its spike", async () => {
  const points = Array.from({ length: 10_000 }, (_, x) => ({ x, y: x === 5_003 ? 900 : Math.sin(x) }));
  const texts = linesOf(readSvg(await lines({ ...titles, series: [{ name: "a", points }] })));
  expect(texts).toContain("900");
  expect(texts).toContain("up to 10,000 points per line, thinned to each stretch's lowest and highest");
});
