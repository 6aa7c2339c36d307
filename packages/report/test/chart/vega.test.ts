import { describe, expect, test } from "@jest/globals";
import { at } from "@vsi/dataset/internal";
import { attribute, linesOf, readSvg } from "@vsi/testing/readMarkup";
import fc from "fast-check";
import { chartTitle } from "../../src/chart/chartText.ts";
import { everyChart } from "../support/everyChart.ts";
import { nastyNumber, nastyText } from "../support/nastyText.ts";

/** All that Vega draws with; a link, a style sheet or a script is none of them. */
const DRAWN = new Set(["svg", "g", "rect", "path", "line", "text", "tspan"]);

const input = fc.record({
  text: nastyText,
  points: fc.array(fc.record({ x: nastyNumber, y: nastyNumber, group: nastyText }), { maxLength: 8 }),
  logarithmic: fc.boolean(),
});

describe.each(Object.entries(everyChart))("%s", (_, draw) => {
  test("draws any texts and numbers: a valid SVG of shapes and text alone", async () => {
    await fc.assert(
      fc.asyncProperty(input, async (chart) => {
        const svg = readSvg(await draw(chart));
        expect(svg.errors).toEqual([]);
        const root = at(svg.elements, 0);
        expect(root.tagName).toBe("svg");
        expect(svg.elements.filter(({ tagName }) => !DRAWN.has(tagName))).toEqual([]);
        expect(attribute(root, "aria-label")).toBe(chartTitle(chart.text));
        for (const name of ["d", "transform", "width", "height", "x2", "y2"]) {
          const places = svg.elements.map((element) => attribute(element, name) ?? "").join(" ");
          expect(places).not.toMatch(/NaN|Infinity|undefined/);
        }
      }),
      { numRuns: 25 },
    );
  });

  // Vega turns each literal of a specification into an expression: a title "constructor" made it fail.
  test.each(["constructor", "__proto__", "datum.value", "</svg><script>alert(1)</script>"])(
    "shows the title %s as it is",
    async (text) => {
      const svg = readSvg(await draw({ text, points: [{ x: 1, y: 2, group: text }], logarithmic: false }));
      expect(linesOf(svg).filter((shown) => shown === text).length).toBeGreaterThan(1);
    },
  );

  test("says so when there is nothing to show", async () => {
    const points = [{ x: Number.NaN, y: Number.NaN, group: "a" }];
    const texts = linesOf(readSvg(await draw({ text: "t", points: [], logarithmic: false })));
    expect(texts).toEqual(["no data", "t"].sort((a, b) => texts.indexOf(a) - texts.indexOf(b)));
    const notFinite = linesOf(readSvg(await draw({ text: "t", points, logarithmic: false })));
    expect(notFinite.filter((text) => /values? (is|are) not finite$/.test(text))).toHaveLength(1);
  });

  test("gives the same bytes each time", async () => {
    const points = Array.from({ length: 4_000 }, (_, index) => ({
      x: index % 97,
      y: index % 89,
      group: `${index % 50}`,
    }));
    const chart = { text: "t", points, logarithmic: false };
    expect(await draw(chart)).toBe(await draw(chart));
  });

  test("shortens a title of 100,000 characters", async () => {
    const text = "long ".repeat(20_000);
    const svg = readSvg(await draw({ text, points: [{ x: 1, y: 2, group: text }], logarithmic: false }));
    expect(linesOf(svg).every((shown) => shown.length <= 80)).toBe(true);
    expect(linesOf(svg).filter((shown) => shown.endsWith("…")).length).toBeGreaterThan(1);
  });
});
