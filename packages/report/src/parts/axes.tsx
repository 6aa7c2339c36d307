import { tickStep, ticks } from "d3-array";
import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from "d3-scale";
import type { VNode } from "preact";
import { formatNumber } from "../text.ts";
import { CHART_WIDTH, LABEL_SIZE, px, TICK_SIZE } from "./frame.tsx";
import { chartLabel, chartTitle, fitText, textWidth } from "./text.ts";

/** A place for each number, and the numbers to write beside the axis. */
export interface Axis {
  /** In units of the chart. */
  at(value: number): number;
  /** The ends, in the values' unit. */
  domain: readonly [number, number];
  ticks: { value: number; label: string }[];
}

/** What an axis shows. */
interface AxisOptions {
  /** Ends of the axis in the values' unit; widened to round numbers unless `isExact`. */
  domain: readonly [number, number];
  /** Places of these ends. */
  range: readonly [number, number];
  kind?: "linear" | "logarithmic";
  isExact?: boolean;
  /** Whole numbers only. */
  isCount?: boolean;
  /** About as many ticks as there is room for. */
  count: number;
}

/** An axis with round ticks. */
export function axisOf({ domain, range, kind = "linear", isExact, isCount, count }: AxisOptions): Axis {
  const scale: ScaleContinuousNumeric<number, number> =
    kind === "linear" ? scaleLinear().domain(domain).range(range) : scaleLog().domain(domain).range(range);
  if (!isExact) scale.nice(kind === "linear" ? count : undefined);
  const [low = 0, high = 1] = scale.domain();
  const shown = kind === "linear" ? linearTicks(low, high, count, isCount) : decadeTicks(low, high);
  return { at: (value) => px(scale(value)), domain: [low, high], ticks: shown };
}

function linearTicks(low: number, high: number, count: number, isCount = false): Axis["ticks"] {
  const values = ticks(low, high, count).filter((value) => !isCount || Number.isInteger(value));
  const decimals = isCount ? 0 : Math.max(0, -Math.floor(Math.log10(tickStep(low, high, count))));
  return withLabels(values, (value) => tickLabel(value, decimals));
}

/** Powers of ten that get a tick on a logarithmic axis: with more their labels touch. */
const MOST_DECADES = 6;

/** Below two decades, these steps between powers of ten. */
const STEPS = [1, 2, 5];

/** Ticks at powers of ten, and between them where there are few. */
function decadeTicks(low: number, high: number): Axis["ticks"] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const stride = Math.ceil((last - first + 1) / MOST_DECADES);
  const steps = last - first <= 2 ? STEPS : [1];
  const values: number[] = [];
  // 10 ** -4 is not the double 0.0001, and would lie outside an axis that begins there.
  for (let power = first; power <= last; power += stride) {
    values.push(...steps.map((step) => Number(`${step}e${power}`)));
  }
  return withLabels(
    values.filter((value) => value >= low && value <= high),
    formatNumber,
  );
}

/** Labels that say the same would be a lie about one of them. */
function withLabels(values: readonly number[], labelOf: (value: number) => string): Axis["ticks"] {
  const labels = new Set<string>();
  return values.flatMap((value) => {
    const label = labelOf(value);
    if (labels.has(label)) return [];
    labels.add(label);
    return [{ value, label }];
  });
}

const COMPACT = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 2 });

/** From here on thousands are written "100K", which fits below an axis. */
const LEAST_COMPACT = 100_000;
const LARGEST_COMPACT = 1e15;

/** With more decimals than fit beside an axis, numbers below this are written "8e-7". */
const MOST_DECIMALS = 4;
const LEAST_PLAIN = 0.01;

/** Beyond these, digits are those of the double, not of the number. */
const MOST_DIGITS = 12;

function tickLabel(value: number, decimals: number): string {
  const size = Math.abs(value);
  if (size >= LEAST_COMPACT && size < LARGEST_COMPACT) return COMPACT.format(value);
  if (size >= LARGEST_COMPACT) return formatNumber(value);
  if (decimals > MOST_DECIMALS && size < LEAST_PLAIN)
    return value === 0 ? "0" : value.toExponential(1).replace(".0e", "e");
  return (value === 0 ? 0 : value).toLocaleString("en-US", {
    minimumFractionDigits: Math.min(decimals, MOST_DIGITS),
    maximumFractionDigits: Math.min(decimals, MOST_DIGITS),
  });
}

/** Height of a horizontal axis below its plot, with its title. */
export const AXIS_HEIGHT = 34;

/** Lines up through the plot, with their numbers and the title below. */
export function BottomAxis({ axis, title, left, right, bottom }: BottomAxisOptions): VNode {
  return (
    <g>
      {axis.ticks.map(({ value, label }) => (
        <g>
          <line class="grid" x1={axis.at(value)} x2={axis.at(value)} y1={0} y2={px(bottom + 4)} />
          <text class="tick middle" x={within(axis.at(value), label)} y={px(bottom + 16)}>
            {label}
          </text>
        </g>
      ))}
      <text class="axis-title middle" x={px((left + right) / 2)} y={px(bottom + 31)}>
        {fitText(chartTitle(title), TICK_SIZE, right - left)}
      </text>
    </g>
  );
}

/** The middle of a number below its tick, moved where it would leave the chart. */
function within(place: number, label: string): number {
  return px(Math.min(place, CHART_WIDTH - 2 - textWidth(label, TICK_SIZE) / 2));
}

interface BottomAxisOptions {
  axis: Axis;
  title: string;
  /** Ends of the plot. */
  left: number;
  right: number;
  bottom: number;
}

/** Room above a plot for its vertical axis' title, which is easier to read there than turned. */
export const AXIS_TITLE_HEIGHT = 20;

/** Lines across the plot, with their numbers on the left and the title above. */
export function LeftAxis({ axis, title, left, right }: { axis: Axis; title: string; left: number; right: number }) {
  return (
    <g>
      {axis.ticks.map(({ value, label }) => (
        <g>
          <line class="grid" x1={px(left)} x2={px(right)} y1={axis.at(value)} y2={axis.at(value)} />
          <text class="tick end" x={px(left - 6)} y={px(axis.at(value) + 4)}>
            {label}
          </text>
        </g>
      ))}
      <text class="axis-title" x={10} y={11}>
        {fitText(chartTitle(title), TICK_SIZE, right - 10)}
      </text>
    </g>
  );
}

/** Where a plot begins beside its vertical axis. */
export function leftOf({ ticks }: Axis): number {
  return Math.max(30, ...ticks.map(({ label }) => textWidth(label, TICK_SIZE) + 18));
}

/** The widest labels that stand beside their bars; longer ones stand above. */
const WIDEST_BESIDE = 146;

/** Height of a label above its bars. */
export const LABEL_LINE = 19;

/** Names of bars: beside them where there is room, else above. */
export function placeLabels(names: readonly string[]): { labels: string[]; isAbove: boolean; left: number } {
  const labels = names.map(chartLabel);
  const widest = labels.reduce((most, label) => Math.max(most, textWidth(label, LABEL_SIZE)), 0);
  const isAbove = widest > WIDEST_BESIDE;
  return { labels, isAbove, left: isAbove ? 14 : 10 + widest + 8 };
}

/**
 * The extent of bars, which begin at zero: from the lowest value below it to the highest above; 0 to 1 when all are 0.
 */
export function extentFromZero(values: readonly number[]): [number, number] {
  const low = values.reduce((least, value) => Math.min(least, value), 0);
  const high = values.reduce((most, value) => Math.max(most, value), 0);
  return low === high ? [0, 1] : [low, high];
}

/** Values closer than this, as a share of them, are one. */
const SAME = 1e-9;

/** The smallest and the largest of the values, widened when they are one; values must not be empty. */
export function extentOf(values: Iterable<number>, axis: "linear" | "logarithmic" = "linear"): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (high - low > SAME * Math.max(Math.abs(low), Math.abs(high))) return [low, high];
  if (axis === "logarithmic") return [low / 2, high * 2];
  // The mean of a constant differs from it by a rounding error, which is nothing to draw.
  const margin = Math.abs(low) / 2 || 1;
  return [low - margin, high + margin];
}
