import { describe, expect, test } from "@jest/globals";
import { linesOf, readSvg } from "@vsi/testing/readMarkup";
import type { Plan } from "../../src/plan/plan.ts";
import { type DrawnQuestion, isOurDrawing, planSvg } from "../../src/plan/planSvg.ts";

const EMPTY: Plan = { outline: [], boxes: [], lines: [], points: [] };

const asking = (question: string, fields: Partial<DrawnQuestion> = {}): DrawnQuestion => ({
  question,
  question_type: "object_abs_distance",
  options: null,
  mc_answer: null,
  ground_truth: "2.5",
  ...fields,
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
    const [long, short] = numbersOf(planSvg({ ...EMPTY, lines: [...lines] }, asking("")), "line", [
      "x1",
      "y1",
      "x2",
      "y2",
    ]);
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
    const svg = planSvg({ ...EMPTY, outline: [ring], points: [{ at: [5, 7], label: "" }] }, asking("a title"));
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
    const svg = planSvg({ ...EMPTY, points }, asking(""));
    const places = numbersOf(svg.replaceAll("<text", "\n<text"), 'text class="label"', ["x", "y"]);
    expect(places).toHaveLength(4);
    for (const [index, [x, y]] of places.entries()) {
      for (const [otherX, otherY] of places.slice(index + 1)) {
        // As wide as the text, 18 pixels high.
        expect(Math.abs(x! - otherX!) > 80 || Math.abs(y! - otherY!) >= 18).toBe(true);
      }
    }
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
    const svg = planSvg({ ...EMPTY, boxes, points: [{ at: [0, 0], label: nasty }] }, asking(nasty));
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
    expect(planSvg(EMPTY, asking("t"))).toBe(planSvg(EMPTY, asking("t")));
    expect(planSvg(EMPTY, asking("t"))).not.toMatch(/NaN|Infinity/);
  });

  test("shows the question, its options and its answer with the unit", () => {
    const texts = (question: DrawnQuestion) => linesOf(readSvg(planSvg(EMPTY, question)));
    expect(texts(asking("How far?")).slice(0, 2)).toEqual(["How far?", "Answer: 2.5 m"]);
    const fields = { question_type: "object_rel_distance", options: ["A. bed", "B. sink"], mc_answer: "B" } as const;
    expect(
      texts(asking("Which?", { ...fields, options: [...fields.options], ground_truth: "sink" })).slice(0, 4),
    ).toEqual(["Which?", "A. bed", "B. sink", "Answer: B. sink"]);
  });

  test("a scale bar as long as it says", () => {
    const line = { isArrow: false, isAnswer: true, label: "", from: [0, 0], to: [4, 0] } as const;
    const svg = planSvg({ ...EMPTY, lines: [line] }, asking(""));
    const [[x1, x2]] = numbersOf(svg, "line", ["x1", "x2"]) as [[number, number]];
    const [, from, to] = /<path class="bar" d="M([\d.]+) .*H([\d.]+)M/.exec(svg) ?? [];
    const metres = Number(
      linesOf(readSvg(svg))
        .find((text) => /^[\d.]+ m$/.test(text))!
        .split(" ")[0],
    );
    expect((Number(to) - Number(from)) / metres).toBeCloseTo((x2 - x1) / 4, 1);
  });

  test("is for light and dark, and known as ours, as those of before are", () => {
    const svg = planSvg(EMPTY, asking("t"));
    expect(svg).toMatch(/:root\{--ground:#fff.*@media\(prefers-color-scheme:dark\)\{:root\{--ground:#14171b/);
    expect(isOurDrawing(svg)).toBe(true);
    expect(
      isOurDrawing("<svg x><title>t</title><style>text{font:14px system-ui,sans-serif;fill:#1a1a1a;text-anchor"),
    ).toBe(true);
    expect(isOurDrawing("<svg x><title>t</title><style>text{fill:red}</style>")).toBe(false);
  });
});
