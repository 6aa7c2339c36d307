import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { drawCurve, MOST_WINDOWS, windowMeans } from "../../src/report/curves.ts";
import type { HeldOutEvent, StepEvent } from "../../src/run/events.ts";

const POINTS = fc
  .array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 700 })
  .map((values) => values.map((y, at) => ({ x: at + 1, y })));

describe("windowMeans", () => {
  test("has few points, in order, whose bands hold every value, and whose weighted mean is the curve's", () => {
    fc.assert(
      fc.property(POINTS, (points) => {
        const means = windowMeans(points);
        expect(means.length).toBeLessThanOrEqual(MOST_WINDOWS);
        if (points.length <= MOST_WINDOWS) {
          expect(means).toEqual(points);
          return;
        }
        const size = Math.ceil(points.length / MOST_WINDOWS);
        let sum = 0;
        for (const [at, mean] of means.entries()) {
          const window = points.slice(at * size, (at + 1) * size);
          for (const { y } of window) {
            expect(y).toBeGreaterThanOrEqual(mean.low!);
            expect(y).toBeLessThanOrEqual(mean.high!);
          }
          expect(mean.x).toBeCloseTo((window[0]!.x + window.at(-1)!.x) / 2, 9);
          sum += mean.y * window.length;
        }
        expect(sum).toBeCloseTo(
          points.reduce((total, { y }) => total + y, 0),
          5,
        );
      }),
    );
  });

  test("values that are not finite spoil no mean; a window of nothing else keeps one for the chart to count", () => {
    const points = [1, Number.NaN, 3, Number.NaN, Number.NaN, Number.POSITIVE_INFINITY].map((y, x) => ({ x, y }));
    const [first, second] = windowMeans(points, 2);
    expect(first).toEqual({ x: 1, y: 2, low: 1, high: 3 });
    expect(second!.y).toBeNaN();
  });
});

test("regression: a run had another colour in charts with held-out rewards than in those without", () => {
  const step = (metrics: Record<string, number>) => [{ event: "step", step: 1, metrics }] as unknown as StepEvent[];
  const heldOut = [{ event: "held_out", step: 1, metrics: { reward: 1 } }] as unknown as HeldOutEvent[];
  const runs = [
    { name: "a", steps: step({ reward: 1, kl: 1 }), heldOut },
    { name: "b", steps: step({ reward: 1 }), heldOut },
    { name: "c", steps: step({ reward: 1, kl: 1 }), heldOut },
  ];
  const coloursOf = (metric: string) => {
    const block = drawCurve({ metric, title: metric, axis: "", caption: "" }, runs);
    if (block?.kind !== "chart" || block.chart.kind !== "lines") throw new Error("expected lines");
    return block.chart.series.map(({ name, colour, isDashed }) => [name, colour, isDashed]);
  };
  expect(coloursOf("kl")).toEqual([
    ["a", 0, false],
    ["c", 2, false],
  ]);
  expect(coloursOf("reward").filter(([, , isDashed]) => isDashed)).toEqual([
    ["a, held-out", 0, true],
    ["b, held-out", 1, true],
    ["c, held-out", 2, true],
  ]);
});
