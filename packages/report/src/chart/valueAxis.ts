import { titleFrom } from "./chartTexts.ts";
import { extentOf } from "./extentOf.ts";

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
