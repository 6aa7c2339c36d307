import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { TrainingData, TrainingSample } from "../../src/data/contract.ts";
import { columnTexts, tickTexts } from "../../src/page/parts/format.ts";
import {
  alarmsOf,
  alignLines,
  figuresOf,
  partsOf,
  rewardsByType,
  sectionsOf,
  smoothed,
} from "../../src/page/training/curves.ts";

const value = fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }));

describe("smoothed", () => {
  test("without weight all stays as it is; gaps stay gaps; nothing leaves the range of the values", () => {
    fc.assert(
      fc.property(fc.array(value), fc.double({ min: 0, max: 0.98, noNaN: true }), (values, weight) => {
        // Minus zero becomes zero.
        expect(smoothed(values, 0)).toEqual(values.map((one) => (one === null ? null : one + 0)));
        const known = values.filter((one) => one !== null);
        const [low, high] = [Math.min(...known), Math.max(...known)];
        const slack = 1e-9 * (Math.abs(low) + Math.abs(high) + 1);
        for (const [index, one] of smoothed(values, weight).entries()) {
          expect(one === null).toBe(values[index] === null);
          if (one === null) continue;
          expect(one).toBeGreaterThanOrEqual(low - slack);
          expect(one).toBeLessThanOrEqual(high + slack);
        }
      }),
    );
  });

  test("is the average of trackers: each value's weight falls by the factor, weights sum to one", () => {
    // (1 * 0.5 + 0 * 1) / (0.5 + 1), then (1 * 0.25 + 0 * 0.5 + 4 * 1) / (0.25 + 0.5 + 1)
    const [first, second, third] = smoothed([1, 0, 4], 0.5);
    expect(first).toBe(1);
    expect(second).toBeCloseTo(1 / 3, 12);
    expect(third).toBeCloseTo(4.25 / 1.75, 12);
  });
});

test("lines of different steps share one list, each with its own values where it has them", () => {
  const lines = [
    { steps: [1, 2, 3], values: [0.1, null, 0.3] },
    { steps: [2, 50], values: [7, 8] },
  ];
  expect(alignLines(lines)).toEqual([
    [1, 2, 3, 50],
    [0.1, null, 0.3, null],
    [null, 7, null, 8],
  ]);
});

const curve = (metric: string, isHeldOut = false) => ({
  metric,
  title: metric,
  axis: "",
  caption: "",
  isHeldOut,
  steps: [1],
  values: [1],
});

const training = (name: string, curves: TrainingData["curves"]): TrainingData => ({
  name,
  settings: {},
  isRunning: false,
  step: 1,
  of: 1,
  curves,
  samples: [],
  alarms: [],
});

test("a figure has a line for each run and for its held-out rooms; rewards come first, what is new is not lost", () => {
  const a = training("a", [curve("kl"), curve("reward"), curve("reward", true)]);
  const b = training("b", [curve("reward"), curve("completion_length"), curve("made_tomorrow")]);
  const figures = figuresOf([
    { data: a, place: 0 },
    { data: b, place: 3 },
  ]);
  const reward = figures.find(({ metric }) => metric === "reward");
  expect(reward?.lines.map(({ name, run }) => [name, run])).toEqual([
    ["a", 0],
    ["a, held-out", 0],
    ["b", 3],
  ]);
  expect(sectionsOf(figures).map(({ figures }) => figures.map(({ metric }) => metric))).toEqual([
    ["reward"],
    ["completion_length"],
    ["kl", "made_tomorrow"],
  ]);
});

test("rewards by type: means of every part, total last; the first and the last third by their steps", () => {
  const sample = (step: number, question_type: TrainingSample["question_type"], accuracy: number): TrainingSample => ({
    step,
    prompt: "",
    completion: "",
    row: null,
    question_type,
    reward: { total: accuracy + 1, format: 1, accuracy },
    guards: [],
  });
  const samples = [
    sample(10, "object_counting", 0),
    sample(20, "object_counting", 1),
    sample(30, "object_counting", 1),
    sample(30, null, 0.5),
  ];
  expect(partsOf(samples)).toEqual(["accuracy", "format", "total"]);
  const [counting, unknown] = rewardsByType(samples);
  expect(counting).toEqual({
    type: "object_counting",
    samples: 3,
    parts: { accuracy: 2 / 3, format: 1, total: 5 / 3 },
    first: 1,
    last: 2,
  });
  expect(unknown).toMatchObject({ type: null, samples: 1, first: null, last: 1.5 });
});

describe("tickTexts", () => {
  test.each([
    // Three digits said "1.5" of both (the entropy of a sure model hardly moves).
    [
      [1.5, 1.502, 1.504],
      ["1.500", "1.502", "1.504"],
    ],
    [
      [0.1 + 0.2, 0.4, 0.5],
      ["0.3", "0.4", "0.5"],
    ],
    [
      [0, 5e-7, 1e-6, 1.5e-6],
      ["0", "5e-7", "1e-6", "1.5e-6"],
    ],
    [
      [-0.5, 0, 0.5],
      ["-0.5", "0", "0.5"],
    ],
    [
      [1_000_000, 1_500_000],
      ["1e+6", "1.5e+6"],
    ],
  ])("%j: as many digits as tell them apart", (ticks, texts) => {
    expect(tickTexts(ticks, false)).toEqual(texts);
  });

  test("on a logarithmic axis each as it is, and none where a tick has no number", () => {
    expect(tickTexts([0.001, null, 0.1, 1, 100, 1e7], true)).toEqual(["0.001", "", "0.1", "1", "100", "1e+7"]);
  });

  test("ticks at any even distance are told apart", () => {
    const distance = fc.tuple(fc.constantFrom(1, 2, 2.5, 5), fc.integer({ min: -9, max: 9 }));
    fc.assert(
      fc.property(distance, fc.integer({ min: -200, max: 200 }), ([step, power], first) => {
        const ticks = Array.from({ length: 8 }, (_, index) => (first + index) * step * 10 ** power);
        const texts = tickTexts(ticks, false);
        expect(new Set(texts).size).toBe(ticks.length);
        for (const [index, text] of texts.entries()) expect(Number(text)).toBeCloseTo(ticks[index] ?? 0, 9 - power);
      }),
    );
  });
});

test("a chart marks the alarms of its own metric alone", () => {
  const alarm = (name: string, metrics: string[]) => ({ name, metrics, step: 3, message: "", run: 0 });
  const alarms = [
    alarm("kl-explosion", ["kl"]),
    alarm("entropy-collapse", ["entropy"]),
    alarm("of a later version", []),
  ];
  const drawn = (metric: string) => alarmsOf(alarms, { metric }).map(({ name }) => name);
  expect([drawn("kl"), drawn("entropy"), drawn("learning_rate")]).toEqual([["kl-explosion"], ["entropy-collapse"], []]);
});

test("the numbers of a column have the same decimals, and none that the longest does not have", () => {
  expect(columnTexts([0.65625, 0.5, null, 1])).toEqual(["0.656", "0.500", "–", "1.000"]);
  expect(columnTexts([1, 2])).toEqual(["1", "2"]);
  expect(columnTexts([1e-6, 0.5])).toEqual(["1.00e-6", "0.5"]);
  expect(columnTexts([])).toEqual([]);
});
