import {
  at,
  between,
  checkArguments,
  checkOptions,
  fields,
  INTEGER,
  listOf,
  NUMBER,
  type OptionKinds,
  quantile,
  TEXT,
  wholeFrom,
} from "@vsi/dataset/internal";
import { OFFICIAL_TASKS } from "@vsi/scoring";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { isInRow, rowValues, type TableRow, tableRows } from "./tableRows.ts";

/** How intervals are drawn. */
export interface BootstrapOptions {
  /** Number of resamples of the scans. */
  resamples: number;
  /** Any whole number; the same seed draws the same scans. */
  seed: number;
  /** The share of the resamples inside an interval, in 0 to 1. */
  level: number;
}

/**
 * 2,000: the ends of a 95 % interval then rest on 50 resamples each (Efron and Tibshirani, 1993, ask for 1,000 or
 * more).
 */
export const BOOTSTRAP_DEFAULTS: BootstrapOptions = { resamples: 2000, seed: 0, level: 0.95 };

const BOOTSTRAP_OPTIONS: OptionKinds<BootstrapOptions> = {
  resamples: wholeFrom(1),
  seed: INTEGER,
  level: between(0, 1),
};

const SCAN_VALUES = listOf(fields({ scan: TEXT, type: TEXT, value: NUMBER }), "a list of values with scan and type");

/** @throws OptionsError for an option that does not exist, or a value out of range. */
export function completeBootstrap(given: Partial<BootstrapOptions>, where: string): BootstrapOptions {
  checkOptions(given, BOOTSTRAP_OPTIONS, where);
  const { resamples, seed, level } = BOOTSTRAP_DEFAULTS;
  return { resamples: given.resamples ?? resamples, seed: given.seed ?? seed, level: given.level ?? level };
}

/** The two ends, in the values' unit. */
export type Interval = readonly [low: number, high: number];

/** With fewer than half of the resamples, the rest would no longer represent the benchmark. */
const LEAST_SHARE_OF_RESAMPLES = 0.5;

/**
 * Percentile bootstrap intervals of every row, grouped by scan: scans are drawn with replacement, as many as there are,
 * each with all of its questions, and VSI-Bench's table is made of them (Efron and Tibshirani, An Introduction to the
 * Bootstrap, 1993, chapter 13).
 *
 * A resample without one of a row's question types is left out of that row; of the average, when any task is missing
 * that the benchmark has. A row is null when it has no value, rests on one scan only, or is left without a value in
 * more than half of the resamples.
 *
 * @example
 * ```js
 * import { bootstrapIntervals } from "vsi-eval";
 *
 * const values = [1, 0, 1].map((value, scan) => ({ scan: `scene000${scan}_00`, type: "object_counting", value }));
 * console.log(bootstrapIntervals(values, { resamples: 200 }).object_counting.length); // 2
 * ```
 */
export function bootstrapIntervals(
  values: readonly ScanValue[],
  given: Partial<BootstrapOptions> = {},
): Record<TableRow, Interval | null> {
  checkArguments("bootstrapIntervals", { values: [values, SCAN_VALUES] });
  const options = completeBootstrap(given, "bootstrapIntervals");
  const whole = rowValues(typeMeans(values));
  const tasks = OFFICIAL_TASKS.filter((task) => (whole[task] ?? null) !== null);
  const rows = tableRows(values.map(({ type }) => type));
  const drawn = rows.map((row) => ({ row, found: [] as number[] }));
  for (const resample of resampledMeans(values, options)) {
    const table = rowValues(resample);
    const isComplete = tasks.every((task) => (table[task] ?? null) !== null);
    for (const { row, found } of drawn) {
      const value = table[row] ?? null;
      if (value !== null && (row !== "overall" || isComplete)) found.push(value);
    }
  }
  const intervalOf = (row: TableRow, found: readonly number[]): Interval | null => {
    if ((whole[row] ?? null) === null || !restsOnSeveralScans(values, row)) return null;
    if (found.length < options.resamples * LEAST_SHARE_OF_RESAMPLES) return null;
    const sorted = Float64Array.from(found).sort();
    const tail = (1 - options.level) / 2;
    return [quantile(sorted, tail), quantile(sorted, 1 - tail)];
  };
  return Object.fromEntries(drawn.map(({ row, found }) => [row, intervalOf(row, found)])) as Record<
    TableRow,
    Interval | null
  >;
}

/** The mean of each question type in each resample; types that a resample lacks are left out of it. */
function* resampledMeans(
  values: readonly ScanValue[],
  { resamples, seed }: BootstrapOptions,
): Generator<Map<string, number>> {
  const scans = new Map<string, Map<string, Sum>>();
  for (const { scan, type, value } of values) {
    const sums = scans.get(scan) ?? new Map<string, Sum>();
    scans.set(scan, sums);
    add(sumOf(sums, type), value, 1);
  }
  // In the order of their names, so that the order of the questions changes nothing.
  const ordered = [...scans].sort(([one], [other]) => (one < other ? -1 : 1));
  // Made once and zeroed for each resample; every sum of a scan stands beside the one that it adds to.
  const drawn = new Map<string, Sum>(values.map(({ type }) => [type, { total: 0, count: 0 }]));
  const parts = ordered.map(([, sums]) => [...sums].map(([type, sum]) => ({ sum, into: sumOf(drawn, type) })));
  const random = xoroshiro128plus(seed);
  for (let resample = 0; resample < resamples; resample += 1) {
    for (const sum of drawn.values()) {
      sum.total = 0;
      sum.count = 0;
    }
    for (let draw = 0; draw < parts.length; draw += 1) {
      for (const { sum, into } of at(parts, uniformInt(random, 0, parts.length - 1))) add(into, sum.total, sum.count);
    }
    yield meansOf(drawn);
  }
}

function restsOnSeveralScans(values: readonly ScanValue[], row: TableRow): boolean {
  return new Set(values.filter(({ type }) => isInRow(type, row)).map(({ scan }) => scan)).size > 1;
}

/** One question's value of one metric. */
export interface ScanValue {
  /** The scan that the question is about: its questions rise and fall together. */
  scan: string;
  type: string;
  value: number;
}

/** The mean value of each question type that has questions. */
export function typeMeans(values: Iterable<ScanValue>): Map<string, number> {
  const sums = new Map<string, Sum>();
  for (const { type, value } of values) add(sumOf(sums, type), value, 1);
  return meansOf(sums);
}

interface Sum {
  total: number;
  count: number;
}

/** A type's sum, begun at zero where there is none yet. */
function sumOf(sums: Map<string, Sum>, type: string): Sum {
  const known = sums.get(type);
  if (known !== undefined) return known;
  const begun = { total: 0, count: 0 };
  sums.set(type, begun);
  return begun;
}

function add(sum: Sum, total: number, count: number): void {
  sum.total += total;
  sum.count += count;
}

function meansOf(sums: ReadonlyMap<string, Sum>): Map<string, number> {
  const means = new Map<string, number>();
  for (const [type, { total, count }] of sums) {
    if (count > 0) means.set(type, total / count);
  }
  return means;
}

/** By row of the table, the score of some questions and its interval as `bootstrapIntervals` gives it; null without any. */
export function rowScores(
  values: readonly ScanValue[],
  bootstrap: BootstrapOptions,
): (row: TableRow) => { score: number | null; interval: Interval | null } {
  const means = rowValues(typeMeans(values));
  const intervals = bootstrapIntervals(values, bootstrap);
  return (row) => ({ score: means[row] ?? null, interval: intervals[row] ?? null });
}
