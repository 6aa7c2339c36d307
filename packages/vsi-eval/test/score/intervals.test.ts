import { describe, expect, test } from "@jest/globals";
import type { QuestionType } from "@vsi/dataset";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { BOOTSTRAP_DEFAULTS, bootstrapIntervals, type ScanValue, typeMeans } from "../../src/score/intervals.ts";

const counting = (scan: string, ...values: number[]): ScanValue[] =>
  values.map((value) => ({ scan, type: "object_counting", value }));
const intervalOf = (values: ScanValue[], options = BOOTSTRAP_DEFAULTS) =>
  bootstrapIntervals(values, options).object_counting;
const width = (interval: readonly [number, number] | null): number => interval![1] - interval![0];

describe("two scans, where every resample is known", () => {
  // A quarter of the resamples is the first scan twice, a quarter the second twice, half are both.
  const values = [...counting("a", 0), ...counting("b", 1, 1, 1)];

  test("the wide interval ends at the two scans' own means", () => {
    expect(intervalOf(values)).toEqual([0, 1]);
  });

  test("the narrow one is what both together have: each question counts once, not each scan", () => {
    expect(intervalOf(values, { ...BOOTSTRAP_DEFAULTS, level: 0.4 })).toEqual([0.75, 0.75]);
  });
});

describe("the interval", () => {
  test("holds the truth about as often as it says", () => {
    const random = xoroshiro128plus(1);
    const draw = () => uniformFloat64(random);
    const simulations = 200;
    let held = 0;
    for (let simulation = 0; simulation < simulations; simulation += 1) {
      const values = Array.from({ length: 40 }, (_, scan) => {
        // Scans are easy or hard: their questions are right with probability 0.2 to 0.8, on average 0.5.
        const ease = 0.2 + 0.6 * draw();
        return counting(`${scan}`, ...Array.from({ length: 4 }, () => Number(draw() < ease)));
      }).flat();
      const [low, high] = intervalOf(values, { ...BOOTSTRAP_DEFAULTS, resamples: 400, seed: simulation })!;
      if (low <= 0.5 && high >= 0.5) held += 1;
    }
    expect(held / simulations).toBeGreaterThan(0.85);
    expect(held / simulations).toBeLessThan(0.99);
  });

  test("is wider where the questions of a scan go together: ten copies tell no more than one", () => {
    const scores = Array.from({ length: 30 }, (_, scan) => scan % 2);
    const once = scores.flatMap((score, scan) => counting(`${scan}`, score));
    const together = scores.flatMap((score, scan) => counting(`${scan}`, ...Array<number>(10).fill(score)));
    const apart = together.map((value, index) => ({ ...value, scan: `${index}` }));
    expect(width(intervalOf(together))).toBeCloseTo(width(intervalOf(once)), 10);
    // The square root of ten, were the resamples endless.
    expect(width(intervalOf(together)) / width(intervalOf(apart))).toBeGreaterThan(2.5);
  });

  test("does not depend on the order of the questions, only on the seed", () => {
    const values = Array.from({ length: 20 }, (_, scan) => counting(`${scan}`, (scan % 5) / 4, (scan % 3) / 2)).flat();
    const interval = intervalOf(values)!;
    const reversed = intervalOf([...values].reverse())!;
    expect(reversed[0]).toBeCloseTo(interval[0], 12);
    expect(reversed[1]).toBeCloseTo(interval[1], 12);
    expect(intervalOf(values)).toEqual(interval);
    expect(intervalOf(values, { ...BOOTSTRAP_DEFAULTS, seed: 1 })).not.toEqual(interval);
  });
});

describe("too little to draw from", () => {
  test("one scan, or one question, has no interval; nor has nothing", () => {
    expect(intervalOf(counting("a", 0, 1, 0.5))).toBeNull();
    expect(intervalOf(counting("a", 1))).toBeNull();
    expect(Object.values(bootstrapIntervals([])).every((interval) => interval === null)).toBe(true);
  });

  test("all right is an interval of no width", () => {
    expect(intervalOf([...counting("a", 1, 1), ...counting("b", 1)])).toEqual([1, 1]);
  });
});

describe("a resample that misses a question type", () => {
  const easy: ScanValue[] = Array.from({ length: 10 }, (_, scan) => ({
    scan: `${scan}`,
    type: "object_rel_direction_easy",
    value: scan % 2,
  }));
  const medium: ScanValue[] = easy.map((value) => ({ ...value, type: "object_rel_direction_medium" }));
  const hard = (scan: number): ScanValue => ({ scan: `${scan}`, type: "object_rel_direction_hard", value: 1 });
  const counts = Array.from({ length: 10 }, (_, scan) => counting(`${scan}`, scan % 2)).flat();

  test("is left out of direction and of the average, not of the other tasks", () => {
    // One scan of ten has the hard question: 0.9^10, about a third of the resamples, miss it.
    const rows = bootstrapIntervals([...easy, ...medium, hard(0), ...counts]);
    expect(rows.object_rel_direction).not.toBeNull();
    // The hard question is always right where it is there, so it never pulls direction below a third.
    expect(rows.object_rel_direction![0]).toBeGreaterThanOrEqual(1 / 3);
    expect(rows.object_rel_direction_hard).toBeNull();
    expect(rows.overall).not.toBeNull();
    expect(rows.object_counting).not.toBeNull();
  });

  test("leaves direction and the average without an interval where most do", () => {
    // Each difficulty in one scan of three: 6 of 27 resamples have all.
    const types = ["easy", "medium", "hard"].map((name) => `object_rel_direction_${name}` as QuestionType);
    const rare = types.map((type, scan): ScanValue => ({ scan: `${scan}`, type, value: 1 }));
    const rows = bootstrapIntervals([...rare, ...counts.slice(0, 3)]);
    expect([rows.object_rel_direction, rows.overall]).toEqual([null, null]);
    expect(rows.object_counting).not.toBeNull();
  });
});

test("every question counts once in its type, whatever its scan; types without questions are not there", () => {
  const means = typeMeans([
    { scan: "a", type: "object_counting", value: 1 },
    { scan: "a", type: "object_counting", value: 0 },
    { scan: "b", type: "object_counting", value: 0.5 },
    { scan: "b", type: "route_planning", value: 1 },
  ]);
  expect([...means]).toEqual([
    ["object_counting", 0.5],
    ["route_planning", 1],
  ]);
  expect(typeMeans([])).toEqual(new Map());
});
