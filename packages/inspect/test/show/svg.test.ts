import { describe, expect, test } from "@jest/globals";
import type { Plan } from "../../src/show/plan.ts";
import { planSvg } from "../../src/show/svg.ts";

const EMPTY: Plan = { outline: [], boxes: [], lines: [], points: [] };

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
