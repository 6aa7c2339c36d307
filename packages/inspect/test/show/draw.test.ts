import { describe, expect, test } from "@jest/globals";
import { canSketch, escapeXml, planSketch, planSvg } from "../../src/show/draw.ts";
import type { Plan } from "../../src/show/plan.ts";

const TERMINAL = { isTTY: true, columns: 80 };

test.each([
  [TERMINAL, { LANG: "en_US.UTF-8" }, true],
  [TERMINAL, { LANG: "C.utf8" }, true],
  [TERMINAL, { LANG: "C.UTF-8", LC_ALL: "C" }, false],
  [TERMINAL, { LANG: "C.UTF-8", LC_ALL: "" }, true],
  [TERMINAL, {}, false],
  [{ isTTY: true, columns: 20 }, { LANG: "C.UTF-8" }, false],
  [{ isTTY: true }, { LANG: "C.UTF-8" }, false],
  [{ columns: 80 }, { LANG: "C.UTF-8" }, false],
])("%j with %j: %p", (output, environment, can) => {
  expect(canSketch(output, environment)).toBe(can);
});

test.each([
  [`<script>"a" & 'b'</script>`, "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;"],
  ["&amp;", "&amp;amp;"],
  ["a\u0000b\u001bc", "a\uFFFDb\uFFFDc"],
  ["tab\tand\nline", "tab\tand\nline"],
  ["\ud800", "\uFFFD"],
  ["Küche 🛋", "Küche 🛋"],
])("%j", (text, escaped) => {
  expect(escapeXml(text)).toBe(escaped);
});

const EMPTY: Plan = { outline: [], boxes: [], lines: [], points: [] };

/** The raised dots of braille text, as [column, row] from the upper left. */
function dotsOf(sketch: string): string[] {
  const places = [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [1, 1],
    [1, 2],
    [0, 3],
    [1, 3],
  ];
  return sketch.split("\n").flatMap((line, row) =>
    [...line].flatMap((character, column) => {
      const bits = character.codePointAt(0)! - 0x2800;
      return places.flatMap(([x, y], bit) => ((bits >> bit) & 1 ? [`${2 * column + x!} ${4 * row + y!}`] : []));
    }),
  );
}

describe("planSketch", () => {
  test("a rectangle is its four sides and nothing else; +Y is up", () => {
    const ring = [
      [0, 0],
      [4, 0],
      [4, 2],
      [0, 2],
    ] as const;
    const dots = dotsOf(planSketch({ ...EMPTY, outline: [ring] }, 10));
    // 10 columns are 20 dots across, 0 to 19: 4.75 a metre.
    const expected = new Set<string>();
    for (let x = 0; x <= 19; x++) for (const y of [0, 10]) expected.add(`${x} ${y}`);
    for (let y = 0; y <= 10; y++) for (const x of [0, 19]) expected.add(`${x} ${y}`);
    expect(new Set(dots)).toEqual(expected);
  });

  test("what is asked about gets a letter, and the letter a meaning", () => {
    const boxes = [
      {
        corners: [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
        label: "bed (4)",
      },
      {
        corners: [
          [5, 5],
          [6, 5],
          [6, 6],
          [5, 6],
        ],
        label: null,
      },
    ] as const;
    const sketch = planSketch({ ...EMPTY, boxes: [...boxes], points: [{ at: [3, 3], label: "start" }] }, 60);
    const lines = sketch.split("\n");
    expect(lines.slice(-2)).toEqual(["A bed (4)", "B start"]);
    expect(
      lines
        .slice(0, -2)
        .join("")
        .replace(/[^A-Z]/g, ""),
    ).toBe("BA");
  });

  test.each([20, 60, 300])("never wider than %d columns, nor higher than a screen", (columns) => {
    for (const corners of [
      [
        [0, 0],
        [30, 1],
      ],
      [
        [0, 0],
        [1, 30],
      ],
    ] as const) {
      const lines = planSketch({ ...EMPTY, outline: [corners] }, columns).split("\n");
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
      expect(lines.length).toBeLessThanOrEqual(28);
    }
  });

  test("an empty plan and one of a single point are drawn", () => {
    expect(planSketch(EMPTY, 80)).toBe("\u2800");
    expect(
      planSketch({ ...EMPTY, lines: [{ from: [1, 1], to: [1, 1], isArrow: false, isAnswer: true, label: "" }] }, 80),
    ).toHaveLength(1);
  });
});

/** The numbers of a tag's attributes, in the order of the drawing. */
function numbersOf(svg: string, tag: string, attributes: readonly string[]): number[][] {
  return [...svg.matchAll(new RegExp(`<${tag} [^>]*>`, "g"))].map(([text]) =>
    attributes.map((name) => Number(new RegExp(` ${name}="([^"]*)"`).exec(text)?.[1])),
  );
}

describe("planSvg", () => {
  test("is to scale, with +Y up: a line of 3 by 4 metres is five times as long as one of a metre, and rises", () => {
    const line = { isArrow: false, isAnswer: true, label: "" };
    const lines = [
      { ...line, from: [0, 0], to: [3, 4] },
      { ...line, from: [1, 1], to: [2, 1] },
    ] as const;
    const [long, short] = numbersOf(planSvg({ ...EMPTY, lines: [...lines] }, ""), "line", ["x1", "y1", "x2", "y2"]);
    const lengthOf = ([x1, y1, x2, y2]: number[]) => Math.hypot(x2! - x1!, y2! - y1!);
    expect(lengthOf(long!) / lengthOf(short!)).toBeCloseTo(5, 2);
    expect(long![3]).toBeLessThan(long![1]!);
  });

  test("everything drawn lies in the picture", () => {
    const ring = [
      [-3, -1],
      [5, -1],
      [5, 7],
      [-3, 7],
    ] as const;
    const svg = planSvg({ ...EMPTY, outline: [ring], points: [{ at: [5, 7], label: "" }] }, "a title");
    const [[width, height]] = numbersOf(svg, "svg", ["width", "height"]) as [[number, number]];
    for (const [x, y] of numbersOf(svg, "circle", ["cx", "cy"])) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(width);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(height);
    }
  });

  test("labels of one place do not stand on each other", () => {
    const points = Array.from({ length: 4 }, () => ({ at: [0, 0] as const, label: "the same place" }));
    const heights = numbersOf(planSvg({ ...EMPTY, points }, ""), "text", ["y"]).map(([y]) => y!);
    const sorted = heights.slice(1).sort((a, b) => a - b);
    for (const [index, y] of sorted.slice(1).entries()) expect(y - sorted[index]!).toBeGreaterThan(16.99);
  });

  test("nothing in a text is markup, and tags are balanced", () => {
    const nasty = `</text><script>&"'\u0000`;
    const boxes = [
      {
        corners: [
          [0, 0],
          [1, 0],
          [1, 1],
        ] as const,
        label: nasty,
      },
    ];
    const svg = planSvg({ ...EMPTY, boxes, points: [{ at: [0, 0], label: nasty }] }, nasty);
    for (const part of ["<script", "\u0000"]) expect(svg).not.toContain(part);
    const open: string[] = [];
    for (const [, closing, name, self] of svg.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)) {
      if (closing) expect(open.pop()).toBe(name);
      else if (!self) open.push(name!);
    }
    expect(open).toEqual([]);
    expect(svg.match(/&lt;script&gt;/g)).toHaveLength(4);
  });

  test("the same plan gives the same bytes, and an empty one is drawn", () => {
    expect(planSvg(EMPTY, "t")).toBe(planSvg(EMPTY, "t"));
    expect(planSvg(EMPTY, "t")).not.toMatch(/NaN|Infinity/);
  });
});
