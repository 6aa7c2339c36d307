import {
  at,
  checkRecord,
  fields,
  listOf,
  NUMBER,
  type OptionKinds,
  optional,
  TEXT,
  TEXTS,
  VALUES,
} from "@vsi/dataset/internal";
import type { VNode } from "preact";
import { checkLength } from "../errors.ts";
import { formatNumber } from "../text.ts";
import { AXIS_HEIGHT, axisOf, BottomAxis, extentFromZero, LABEL_LINE, placeLabels } from "./axes.tsx";
import { CHART_WIDTH, Frame, LABEL_SIZE, PADDING, px, Tip } from "./frame.tsx";
import { countLeftOut, groupsNote, keepLargest, type LeftOut, othersLabel } from "./limits.ts";
import { CHART_LIMITS, chartLabel } from "./text.ts";

/** One colour of the bars: a value for each category, null where there is none. */
export interface BarSeries {
  name: string;
  values: readonly (number | null)[];
  /** Ends of the error bars, drawn where both are there; in the values' unit. */
  low?: readonly (number | null)[];
  high?: readonly (number | null)[];
}

/** Values of several series side by side. */
export interface GroupedBarsChart {
  title: string;
  categories: readonly string[];
  series: readonly BarSeries[];
  xTitle: string;
  /** The axis reaches at least to here. */
  xMax?: number;
}

/** What a list of series must be, here and in a forest. */
export const SERIES = listOf(
  fields({ name: TEXT, values: VALUES, low: optional(VALUES), high: optional(VALUES) }),
  "a list of series with name and values",
);

const CHART_FIELDS: OptionKinds<GroupedBarsChart> = {
  title: TEXT,
  categories: TEXTS,
  series: SERIES,
  xTitle: TEXT,
  xMax: optional(NUMBER),
};

/** A value with the ends of its interval. */
export interface Estimate {
  value: number;
  low: number | null;
  high: number | null;
}

/** Units of one bar: thinner ones can't be told apart, higher ones look like areas. */
const LOWEST_BAR = 7;
const HIGHEST_BAR = 14;

/** Units of a group's bars when there is room. */
const GROUP_HEIGHT = 36;

/** Units between groups. */
const GROUP_GAP = 10;

/**
 * Horizontal bars in groups, from top to bottom, with error bars where a series has them. Of more categories than
 * CHART_LIMITS.groups those with the largest value are shown, the others as their mean; of more series than
 * CHART_LIMITS.series the first.
 *
 * @throws ReportError "length-mismatch".
 *
 * @example
 * ```js
 * import { GroupedBars } from "@vsi/report/parts";
 * import { renderToString } from "preact-render-to-string";
 *
 * const series = [{ name: "official", values: [0.61, 0.48], low: [0.55, 0.4], high: [0.67, 0.56] }];
 * const chart = { title: "Accuracy", categories: ["counting", "distance"], series, xTitle: "accuracy" };
 * console.log(renderToString(GroupedBars(chart)).startsWith("<svg")); // true
 * ```
 */
export function GroupedBars(chart: GroupedBarsChart): VNode {
  checkRecord(chart, CHART_FIELDS, "groupedBars");
  const { title, categories, series, xTitle, xMax } = chart;
  checkSeries(series, categories, "categories");
  const leftOut = countLeftOut();
  const shownSeries = series.slice(0, CHART_LIMITS.series);
  const table = shownSeries.map((one) => categories.map((_, index) => readEstimate(one, index, leftOut)));
  const weights = categories.map((_, index) => Math.max(...table.map((bars) => bars[index]?.value ?? -Infinity)));
  const { kept, merged } = keepLargest(weights, CHART_LIMITS.groups);
  const groups = kept.map((index) => at(categories, index));
  if (merged.length > 0) groups.push(othersLabel(merged.length));
  const rows = table.flatMap((bars, series) => {
    const shown = kept.map((index) => at(bars, index));
    if (merged.length > 0) shown.push(meanOf(merged.map((index) => at(bars, index))));
    return shown.flatMap((bar, index) => (bar === null ? [] : [{ group: index, series, ...bar }]));
  });
  const notes = [
    ...groupsNote(categories.length, merged.length, "category", "mean"),
    ...seriesNote(series.length, shownSeries.length),
    ...leftOut.notes(),
  ];
  if (rows.length === 0) return <Frame title={title} notes={notes} height={null} />;

  const ends = rows.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const { labels, isAbove, left } = placeLabels(groups);
  const right = CHART_WIDTH - PADDING - 8;
  const barHeight = Math.max(LOWEST_BAR, Math.min(HIGHEST_BAR, GROUP_HEIGHT / shownSeries.length));
  const groupHeight = barHeight * shownSeries.length;
  const labelHeight = isAbove ? LABEL_LINE : 0;
  const step = groupHeight + labelHeight + GROUP_GAP;
  const bottom = groups.length * step;
  const topOf = (group: number) => group * step + labelHeight + GROUP_GAP / 2;
  const x = axisOf({
    domain: extentFromZero([xMax ?? 0, ...ends]),
    range: [left, right],
    isCount: rows.every(({ value }) => Number.isInteger(value)) && xMax !== 1,
    count: 5,
  });
  const zero = x.at(0);
  return (
    <Frame title={title} notes={notes} series={shownSeries.map(({ name }) => name)} height={bottom + AXIS_HEIGHT}>
      <BottomAxis axis={x} title={xTitle} left={left} right={right} bottom={bottom} />
      <g>
        {labels.map((label, group) =>
          isAbove ? (
            <text x={px(left + 4)} y={px(topOf(group) - 5)}>
              {label}
            </text>
          ) : (
            <text class="end" x={px(left - 6)} y={px(topOf(group) + groupHeight / 2 + LABEL_SIZE / 3)}>
              {label}
            </text>
          ),
        )}
      </g>
      <g class="bars">
        {rows.map(({ group, series, value, low, high }) => {
          const top = topOf(group) + series * barHeight;
          const middle = px(top + barHeight / 2);
          return (
            <g class={`s${series} mark`}>
              <Tip>{estimateText([groups[group], shownSeries[series]?.name], { value, low, high })}</Tip>
              <rect
                class="fill"
                x={Math.min(zero, x.at(value))}
                y={px(top)}
                width={px(Math.abs(x.at(value) - zero))}
                height={px(barHeight - 1)}
              />
              {low === null || high === null ? null : (
                <>
                  {/* A light line below the dark one: error bars stand out inside bars and outside. */}
                  <line class="halo" x1={x.at(low)} x2={x.at(high)} y1={middle} y2={middle} />
                  <line class="interval" x1={x.at(low)} x2={x.at(high)} y1={middle} y2={middle} />
                </>
              )}
            </g>
          );
        })}
      </g>
      <line class="base" x1={zero} x2={zero} y1={0} y2={px(bottom)} />
    </Frame>
  );
}

/** @throws ReportError "length-mismatch" for a series with more or fewer values than there are names at `place`. */
export function checkSeries(series: readonly BarSeries[], names: readonly string[], place: string): void {
  for (const [index, { values, low, high }] of series.entries()) {
    for (const [name, list] of Object.entries({ values, low: low ?? values, high: high ?? values })) {
      checkLength({ place: `series[${index}].${name}`, length: list.length }, { place, length: names.length });
    }
  }
}

export function readEstimate({ values, low, high }: BarSeries, index: number, leftOut: LeftOut): Estimate | null {
  const read = (value: number | null | undefined) => (value == null ? null : leftOut.keep(value, "linear"));
  const value = read(values[index]);
  return value === null ? null : { value, low: read(low?.[index]), high: read(high?.[index]) };
}

/** The subtitle's line when there are more series than colours. */
export function seriesNote(total: number, shown: number): string[] {
  return total > shown ? [`first ${shown} of ${total} series shown`] : [];
}

/** "counting, official: 61 (55 to 67)". */
export function estimateText(names: readonly (string | undefined)[], { value, low, high }: Estimate): string {
  const name = names.map((name) => chartLabel(name ?? "")).join(", ");
  const interval = low === null || high === null ? "" : ` (${formatNumber(low)} to ${formatNumber(high)})`;
  return `${name}: ${formatNumber(value)}${interval}`;
}

function meanOf(bars: readonly (Estimate | null)[]): Estimate | null {
  const known = bars.filter((bar) => bar !== null);
  if (known.length === 0) return null;
  return { value: known.reduce((sum, { value }) => sum + value / known.length, 0), low: null, high: null };
}
