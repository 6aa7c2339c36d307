import { describe, expect, test } from "@jest/globals";
import type { PlanPoint } from "@vsi/dataset/internal";
import fc from "fast-check";
import { covers, crosses, type Obstacles, overlaps, placeLabels } from "../../src/plan/labels.ts";

const NOTHING: Obstacles = { width: 800, height: 800, shapes: [], lines: [], points: [], better: [] };
const SIZE = { width: 100, height: 18 };

const squareAt = (x: number, y: number, half: number): PlanPoint[] => [
  [x - half, y - half],
  [x + half, y - half],
  [x + half, y + half],
  [x - half, y + half],
];

describe("placeLabels", () => {
  test("above what it names, without a line to it, where nothing is in the way", () => {
    const [label] = placeLabels([{ ...SIZE, text: "bed", named: squareAt(400, 400, 20) }], NOTHING);
    expect(label).toEqual({ text: "bed", left: 350, right: 450, top: 357, bottom: 375, leader: null });
  });

  test("labels cover no asked box, no line, no point and no other label, and stay in the picture", () => {
    const place = fc.tuple(fc.integer({ min: 20, max: 780 }), fc.integer({ min: 20, max: 780 }));
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 4 }), place, place, (places, from, to) => {
        const shapes = places.map(([x, y]) => squareAt(x, y, 15));
        const lines = [[from, to]] as [PlanPoint, PlanPoint][];
        const requests = shapes.map((named, index) => ({ ...SIZE, text: `${index}`, named }));
        const labels = placeLabels(requests, { ...NOTHING, shapes, lines });
        expect(labels).toHaveLength(requests.length);
        for (const [index, label] of labels.entries()) {
          expect(label.left >= 0 && label.top >= 0 && label.right <= 800 && label.bottom <= 800).toBe(true);
          expect(shapes.some((shape) => covers(label, shape))).toBe(false);
          expect(lines.some((line) => crosses(label, line))).toBe(false);
          expect(labels.slice(index + 1).some((other) => overlaps(label, other))).toBe(false);
        }
      }),
    );
  });

  test("eight labels of one place stand apart, the far ones with a line to it", () => {
    const requests = Array.from({ length: 8 }, () => ({ ...SIZE, text: "same", named: [[400, 400]] as PlanPoint[] }));
    const labels = placeLabels(requests, NOTHING);
    for (const [index, label] of labels.entries()) {
      expect(labels.slice(index + 1).some((other) => overlaps(label, other))).toBe(false);
    }
    expect(labels.some(({ leader }) => leader !== null)).toBe(true);
  });

  test("other furniture is covered only where there is no free place near", () => {
    const above = squareAt(400, 365, 30);
    const [label] = placeLabels([{ ...SIZE, text: "bed", named: squareAt(400, 420, 20) }], {
      ...NOTHING,
      better: [above],
    });
    expect(covers(label!, above)).toBe(false);
    const everywhere = squareAt(400, 400, 400);
    expect(
      placeLabels([{ ...SIZE, text: "bed", named: squareAt(400, 400, 20) }], { ...NOTHING, better: [everywhere] }),
    ).toMatchObject([{ top: 357, leader: null }]);
  });
});

test("a turned square covers what is inside it and not what its bounds alone hold", () => {
  const diamond: PlanPoint[] = [
    [0, -10],
    [10, 0],
    [0, 10],
    [-10, 0],
  ];
  expect(covers({ left: -1, right: 1, top: -1, bottom: 1 }, diamond)).toBe(true);
  expect(covers({ left: 7, right: 9, top: 7, bottom: 9 }, diamond)).toBe(false);
  expect(
    crosses({ left: 4, right: 6, top: -20, bottom: 20 }, [
      [0, 0],
      [10, 0],
    ]),
  ).toBe(true);
  expect(
    crosses({ left: 4, right: 6, top: 1, bottom: 20 }, [
      [0, 0],
      [10, 0],
    ]),
  ).toBe(false);
});
