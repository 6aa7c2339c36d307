import { at, checkOptionNames, type OptionNames } from "@vsi/dataset/internal";
import { checkLength } from "../errors.ts";
import { extentFromZero, seriesColor } from "./axes.ts";
import { CHART_LIMITS, chartLabel, labelFrom, titleFrom } from "./chartText.ts";
import { countLeftOut, groupsNote, keepLargest, type LeftOut, othersLabel } from "./limits.ts";
import { drawChart, INK, PLOT_HEIGHT, PLOT_WIDTH } from "./vega.ts";

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
  yTitle: string;
  /** The axis reaches at least to here. */
  yMax?: number;
}

const CHART_FIELDS: OptionNames<GroupedBarsChart> = {
  title: true,
  categories: true,
  series: true,
  yTitle: true,
  yMax: true,
};

interface Bar {
  value: number;
  low: number | null;
  high: number | null;
}

/** Pixels of one bar: thinner ones can't be told apart, wider ones look like areas. */
const NARROWEST_BAR = 4;
const WIDEST_BAR = 34;

/** Pixels between groups. */
const GROUP_GAP = 12;

/** Pixels from one group to the next when there is room. */
const WIDEST_LONE_GROUP = 120;

/** Characters of labels that fit below a group without turning them, for each pixel of its width. */
const CHARACTERS_PER_PIXEL = 1 / 7;

/**
 * Upright bars in groups, with error bars where a series has them. Of more categories than CHART_LIMITS.groups those
 * with the largest value are shown, the others as their mean; of more series than CHART_LIMITS.series the first.
 *
 * @throws ReportError "length-mismatch".
 *
 * @example
 * ```js
 * import { groupedBars } from "@vsi/report";
 *
 * const series = [{ name: "official", values: [0.61, 0.48], low: [0.55, 0.4], high: [0.67, 0.56] }];
 * const svg = await groupedBars({ title: "Accuracy", categories: ["counting", "distance"], series, yTitle: "accuracy" });
 * console.log(svg.startsWith("<svg")); // true
 * ```
 */
export async function groupedBars(chart: GroupedBarsChart): Promise<string> {
  checkOptionNames(chart, CHART_FIELDS, "groupedBars");
  const { title, categories, series, yTitle, yMax } = chart;
  for (const [index, { values, low, high }] of series.entries()) {
    for (const [name, list] of Object.entries({ values, low: low ?? values, high: high ?? values })) {
      const place = `series[${index}].${name}`;
      checkLength({ place, length: list.length }, { place: "categories", length: categories.length });
    }
  }
  const leftOut = countLeftOut();
  const shownSeries = series.slice(0, CHART_LIMITS.series);
  const table = shownSeries.map((one) => categories.map((_, index) => readBar(one, index, leftOut)));
  const weights = categories.map((_, index) => Math.max(...table.map((bars) => bars[index]?.value ?? -Infinity)));
  const { kept, merged } = keepLargest(weights, CHART_LIMITS.groups);
  const groups = kept.map((index) => at(categories, index));
  if (merged.length > 0) groups.push(othersLabel(merged.length));
  const rows = table.flatMap((bars, series) => {
    const shown = kept.map((index) => at(bars, index));
    if (merged.length > 0) shown.push(meanBar(merged.map((index) => at(bars, index))));
    return shown.flatMap((bar, index) => (bar === null ? [] : [{ group: index, series, ...bar }]));
  });
  const notes = [
    ...groupsNote(categories.length, merged.length, "category", "mean"),
    ...(series.length > shownSeries.length ? [`first ${shownSeries.length} of ${series.length} series shown`] : []),
    ...leftOut.notes(),
  ];
  if (rows.length === 0) return drawChart(title, notes, null);

  const ends = rows.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const barWidth = Math.max(
    NARROWEST_BAR,
    Math.min(WIDEST_BAR, (PLOT_WIDTH / groups.length - GROUP_GAP) / shownSeries.length),
  );
  const barsWidth = barWidth * shownSeries.length;
  const step = Math.max(barsWidth + GROUP_GAP, Math.min(PLOT_WIDTH / groups.length, WIDEST_LONE_GROUP));
  const isTurned = groups.some((name) => chartLabel(name).length > step * CHARACTERS_PER_PIXEL);
  const place = {
    x: {
      field: "group",
      type: "nominal",
      sort: null,
      title: null,
      scale: { domain: indexes(groups), paddingInner: 1 - barsWidth / step, paddingOuter: (1 - barsWidth / step) / 2 },
      axis: { labelExpr: labelFrom("xLabels"), labelAngle: isTurned ? -40 : 0, labelPadding: 6, ticks: false },
    },
    xOffset: { field: "series", type: "nominal", sort: null, scale: { domain: indexes(shownSeries) } },
  } as const;
  const scale = { domain: extentFromZero([yMax ?? 0, ...ends]), nice: true };
  const height = { type: "quantitative", title: titleFrom("yTitle"), scale } as const;
  return drawChart(title, notes, {
    width: Math.round(step * groups.length),
    height: PLOT_HEIGHT,
    texts: { yTitle, xLabels: groups, seriesLabels: shownSeries.map(({ name }) => name) },
    data: { values: rows },
    layer: [
      {
        mark: { type: "bar" },
        encoding: {
          ...place,
          y: { field: "value", stack: null, ...height },
          color: seriesColor(shownSeries.length),
        },
      },
      // A light line below the dark one: error bars stand out inside bars and outside.
      ...[
        { color: "#ffffff", strokeWidth: 3.5 },
        { color: INK, strokeWidth: 1.5 },
      ].map((line) => ({
        transform: [{ filter: "datum.low !== null && datum.high !== null" }],
        mark: { type: "rule" as const, ...line },
        encoding: { ...place, y: { field: "low", ...height }, y2: { field: "high" } } as const,
      })),
    ],
  });
}

function readBar({ values, low, high }: BarSeries, index: number, leftOut: LeftOut): Bar | null {
  const read = (value: number | null | undefined) => (value == null ? null : leftOut.keep(value, "linear"));
  const value = read(values[index]);
  return value === null ? null : { value, low: read(low?.[index]), high: read(high?.[index]) };
}

function meanBar(bars: readonly (Bar | null)[]): Bar | null {
  const known = bars.filter((bar) => bar !== null);
  if (known.length === 0) return null;
  return { value: known.reduce((sum, { value }) => sum + value / known.length, 0), low: null, high: null };
}

function indexes(list: readonly unknown[]): number[] {
  return list.map((_, index) => index);
}
