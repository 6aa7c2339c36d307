import { describe, expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import { attribute, linesOf, readSvg, textOf, textsOf } from "@vsi/testing/readMarkup";
import fc from "fast-check";
import { CHART_WIDTH } from "../../src/parts/frame.tsx";
import { chartTitle, textWidth } from "../../src/parts/text.ts";
import { everyChart } from "../support/everyChart.ts";
import { nastyNumber, nastyText } from "../support/nastyText.ts";

/** All that a chart is drawn with; a link or a script is none of them. */
const DRAWN = new Set(["svg", "style", "title", "g", "rect", "path", "line", "circle", "text"]);

const input = fc.record({
  text: nastyText,
  points: fc.array(fc.record({ x: nastyNumber, y: nastyNumber, group: nastyText }), { maxLength: 8 }),
  logarithmic: fc.boolean(),
});

const CHART = { text: "t", points: [{ x: 1, y: 2, group: "a" }], logarithmic: false };

describe.each(Object.entries(everyChart))("%s", (_, draw) => {
  test("draws any texts and numbers: a valid SVG of shapes and text alone", () => {
    fc.assert(
      fc.property(input, (chart) => {
        const svg = readSvg(draw(chart));
        expect(svg.errors).toEqual([]);
        const root = at(svg.elements, 0);
        expect(root.tagName).toBe("svg");
        expect(svg.elements.filter(({ tagName }) => !DRAWN.has(tagName))).toEqual([]);
        expect(attribute(root, "aria-label")).toBe(chartTitle(chart.text));
        for (const { attrs } of svg.elements) {
          for (const { name, value } of attrs) {
            expect(name).not.toMatch(/^on|href|^style$/);
            if (name !== "aria-label") expect(value).not.toMatch(/NaN|Infinity|undefined/);
          }
        }
        for (const { tagName, attrs } of svg.elements) {
          if (tagName !== "rect") continue;
          for (const { name, value } of attrs) {
            if (name === "width" || name === "height") expect(Number.parseFloat(value)).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test.each(["constructor", "__proto__", "datum.value", "</svg><script>alert(1)</script>"])(
    "shows the title %s as it is",
    (text) => {
      const svg = readSvg(draw({ text, points: [{ x: 1, y: 2, group: text }], logarithmic: false }));
      expect(linesOf(svg).filter((shown) => shown === text).length).toBeGreaterThan(1);
    },
  );

  test("says so when there is nothing to show", () => {
    const points = [{ x: Number.NaN, y: Number.NaN, group: "a" }];
    const texts = linesOf(readSvg(draw({ text: "t", points: [], logarithmic: false })));
    expect(texts).toEqual(["t", "no data"]);
    const notFinite = linesOf(readSvg(draw({ text: "t", points, logarithmic: false })));
    expect(notFinite.filter((text) => /values? (is|are) not finite$/.test(text))).toHaveLength(1);
  });

  test("gives the same bytes each time", () => {
    const points = Array.from({ length: 4_000 }, (_, index) => ({
      x: index % 97,
      y: index % 89,
      group: `${index % 50}`,
    }));
    const chart = { text: "t", points, logarithmic: false };
    expect(draw(chart)).toBe(draw(chart));
  });

  test("shortens a title of 100,000 characters", () => {
    const text = "long ".repeat(20_000);
    const svg = readSvg(draw({ text, points: [{ x: 1, y: 2, group: text }], logarithmic: false }));
    expect(linesOf(svg).every((shown) => shown.length <= 80)).toBe(true);
    expect(linesOf(svg).filter((shown) => shown.endsWith("…")).length).toBeGreaterThan(1);
  });

  test("is a file with its colours for light and dark, and loads nothing", () => {
    const [style] = textsOf(readSvg(draw(CHART)), "style");
    expect(style).toMatch(/:root \{ --vsi-ink: #1c1f24;.*\n@media screen and \(prefers-color-scheme: dark\)/);
    expect(style).not.toMatch(/url\(|@import/);
  });

  test("no text leaves the chart's width", () => {
    const points = Array.from({ length: 8 }, (_, index) => ({
      x: index * 1.2e4,
      y: index,
      group: `category ${index}`,
    }));
    const svg = readSvg(draw({ text: "A title of a usual length", points, logarithmic: false }));
    const [, , width] =
      attribute(at(svg.elements, 0), "viewbox")?.split(" ") ?? attribute(at(svg.elements, 0), "viewBox")!.split(" ");
    expect(Number(width)).toBeGreaterThanOrEqual(CHART_WIDTH);
    for (const text of svg.elements.filter(({ tagName }) => tagName === "text")) {
      if (attribute(text, "transform") !== undefined) continue;
      const own = textWidth(textOf(text), 11.5);
      const name = attribute(text, "class") ?? "";
      const x = Number(attribute(text, "x"));
      const left = /end/.test(name) ? x - own : /middle/.test(name) ? x - own / 2 : x;
      expect(left).toBeGreaterThanOrEqual(-1);
      expect(left + own).toBeLessThanOrEqual(Number(width) + 1);
    }
  });
});
