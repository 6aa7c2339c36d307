import { labelFrom, titleFrom } from "./chartText.ts";
import { PALETTE } from "./vega.ts";

/**
 * The extent of bars, which begin at zero: from the lowest value below it to the highest above; 0 to 1 when all are 0.
 */
export function extentFromZero(values: readonly number[]): [number, number] {
  const low = values.reduce((least, value) => Math.min(least, value), 0);
  const high = values.reduce((most, value) => Math.max(most, value), 0);
  return low === high ? [0, 1] : [low, high];
}

/** The colour of the field "series" (an index into seriesLabels); a legend only when there are several. */
export function seriesColor(series: number) {
  const shown = Array.from({ length: series }, (_, index) => index);
  return {
    field: "series",
    type: "nominal",
    scale: { domain: shown, range: PALETTE.slice(0, series) },
    legend: series === 1 ? null : { labelExpr: labelFrom("seriesLabels") },
  } as const;
}

/** Powers of ten that get a tick on a logarithmic axis: with more their labels touch. */
const MOST_DECADES = 9;

/**
 * The horizontal or vertical axis of values that need not reach zero, in Vega-Lite's words. values must not be empty.
 */
export function valueAxis(title: "xTitle" | "yTitle", values: readonly number[], axis: "linear" | "logarithmic") {
  const domain = extentOf(values, axis);
  const heading = { type: "quantitative", title: titleFrom(title) } as const;
  if (axis === "linear") return { ...heading, scale: { type: "linear", domain, nice: true } } as const;
  return { ...heading, scale: { type: "log", domain, nice: true }, axis: decadeTicks(domain) } as const;
}

/**
 * Ticks at powers of ten alone; Vega's own choice (0.2, 1, 2, 20) is hard to read. Below two decades it is the better
 * one.
 */
function decadeTicks([low, high]: readonly [number, number]): { values?: number[] } {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  if (last - first < 2) return {};
  const stride = Math.ceil((last - first + 1) / MOST_DECADES);
  const count = Math.floor((last - first) / stride) + 1;
  // 10 ** -4 is not the double 0.0001, and would lie outside an axis that begins there.
  return { values: Array.from({ length: count }, (_, index) => Number(`1e${first + index * stride}`)) };
}

/** The smallest and the largest of the values, widened when they are one; values must not be empty. */
export function extentOf(values: Iterable<number>, axis: "linear" | "logarithmic" = "linear"): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low < high) return [low, high];
  if (axis === "logarithmic") return [low / 2, high * 2];
  const margin = Math.abs(low) / 2 || 1;
  return [low - margin, high + margin];
}
