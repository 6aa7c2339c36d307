import type { QuestionType } from "@vsi/dataset";
import { OFFICIAL_TASKS } from "@vsi/scoring";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { isInRow, OFFICIAL_ROWS, OTHER_ROWS, rowValues, type TableRow } from "./tableRows.ts";

/** How intervals are drawn. */
export interface BootstrapOptions {
  /** How often the scans are drawn anew. */
  resamples: number;
  /** Any whole number; the same seed draws the same scans. */
  seed: number;
  /** The share of the resamples inside an interval, in 0 to 1. */
  level: number;
}

/** 2,000: the ends of a 95 % interval then rest on 50 resamples each (Efron and Tibshirani, 1993, ask for 1,000 or more). */
export const BOOTSTRAP_DEFAULTS: BootstrapOptions = { resamples: 2000, seed: 0, level: 0.95 };

/** The two ends, in the values' unit. */
export type Interval = readonly [low: number, high: number];

/** Below half of the resamples what is left would no longer stand for the benchmark. */
const LEAST_SHARE_OF_RESAMPLES = 0.5;

/**
 * Percentile bootstrap intervals of every row, grouped by scan: as many scans as there are are drawn with replacement, each with all of its questions,
 * and VSI-Bench's table is made of them (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13).
 *
 * A resample without one of a row's question types is left out of that row; of the average, when any task is missing that the benchmark has. A row is
 * null when it has no value, rests on one scan only, or is left without a value in more than half of the resamples.
 */
export function bootstrapIntervals(
  values: readonly ScanValue[],
  options: BootstrapOptions = BOOTSTRAP_DEFAULTS,
): Record<TableRow, Interval | null> {
  const rows = [...OFFICIAL_ROWS, ...OTHER_ROWS];
  const whole = rowValues(typeMeans(values));
  const tasks = OFFICIAL_TASKS.filter((task) => whole[task] !== null);
  const drawn = new Map(rows.map((row) => [row, [] as number[]]));
  for (const resample of resampledMeans(values, options)) {
    const table = rowValues(resample);
    const isComplete = tasks.every((task) => table[task] !== null);
    for (const row of rows) {
      const value = table[row];
      if (value !== null && (row !== "overall" || isComplete)) drawn.get(row)!.push(value);
    }
  }
  const intervalOf = (row: TableRow): Interval | null => {
    const found = drawn.get(row)!;
    if (whole[row] === null || !restsOnSeveralScans(values, row)) return null;
    if (found.length < options.resamples * LEAST_SHARE_OF_RESAMPLES) return null;
    const sorted = Float64Array.from(found).sort();
    const tail = (1 - options.level) / 2;
    return [quantile(sorted, tail), quantile(sorted, 1 - tail)];
  };
  return Object.fromEntries(rows.map((row) => [row, intervalOf(row)])) as Record<TableRow, Interval | null>;
}

/** The mean of each question type in each resample; types that a resample lacks are left out of it. */
function* resampledMeans(
  values: readonly ScanValue[],
  options: BootstrapOptions,
): Generator<Map<QuestionType, number>> {
  const types = [...new Set(values.map(({ type }) => type))];
  const scans = [...new Set(values.map(({ scan }) => scan))].sort();
  const typeIndex = new Map(types.map((type, index) => [type, index]));
  const scanIndex = new Map(scans.map((scan, index) => [scan, index]));
  const width = types.length;
  const sums = new Float64Array(scans.length * width);
  const counts = new Float64Array(scans.length * width);
  for (const { scan, type, value } of values) {
    const cell = scanIndex.get(scan)! * width + typeIndex.get(type)!;
    sums[cell]! += value;
    counts[cell]! += 1;
  }
  const random = xoroshiro128plus(options.seed);
  const total = new Float64Array(width);
  const count = new Float64Array(width);
  for (let resample = 0; resample < options.resamples; resample += 1) {
    total.fill(0);
    count.fill(0);
    for (let draw = 0; draw < scans.length; draw += 1) {
      const first = uniformInt(random, 0, scans.length - 1) * width;
      for (let index = 0; index < width; index += 1) {
        total[index]! += sums[first + index]!;
        count[index]! += counts[first + index]!;
      }
    }
    const present = types.flatMap((type, index): [QuestionType, number][] =>
      count[index]! > 0 ? [[type, total[index]! / count[index]!]] : [],
    );
    yield new Map(present);
  }
}

function restsOnSeveralScans(values: readonly ScanValue[], row: TableRow): boolean {
  const first = values.find(({ type }) => isInRow(type, row));
  return values.some(({ scan, type }) => scan !== first!.scan && isInRow(type, row));
}

/**
 * The value below which a share of sorted values lies, in a straight line between the two neighbours (numpy's default, type 7 of Hyndman and
 * Fan, 1996).
 * @param sorted ascending, at least one value.
 * @param share in 0 to 1.
 */
export function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (place - below);
}

/** One question's value of one metric. */
export interface ScanValue {
  /** The scan that the question is about: its questions rise and fall together. */
  scan: string;
  type: QuestionType;
  value: number;
}

/** The mean value of each question type that has questions. */
export function typeMeans(values: Iterable<ScanValue>): Map<QuestionType, number> {
  const sums = new Map<QuestionType, { total: number; count: number }>();
  for (const { type, value } of values) {
    const sum = sums.get(type) ?? { total: 0, count: 0 };
    sum.total += value;
    sum.count += 1;
    sums.set(type, sum);
  }
  return new Map([...sums].map(([type, { total, count }]) => [type, total / count]));
}
