import { describe, expect, test } from "@jest/globals";
import type { Plan } from "@vsi/report/internal";
import { canSketch, planSketch } from "../../src/show/sketch.ts";

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
