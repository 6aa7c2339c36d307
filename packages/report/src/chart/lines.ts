import { checkOptionNames, type OptionNames } from "@vsi/dataset/internal";
import { formatNumber } from "../text.ts";
import { extentOf, seriesColor, valueAxis } from "./axes.ts";
import { CHART_LIMITS, titleFrom } from "./chartText.ts";
import { countLeftOut, type LeftOut, thinLine } from "./limits.ts";
import { drawChart, PLOT_HEIGHT, PLOT_WIDTH } from "./vega.ts";

/** One point of a line; between `low` and `high`, where both are there, a band is drawn. */
export interface LinePoint {
  x: number;
  y: number;
  low?: number;
  high?: number;
}

/** Curves, such as a reward over training steps. */
export interface LinesChart {
  title: string;
  series: readonly { name: string; points: readonly LinePoint[] }[];
  xTitle: string;
  yTitle: string;
  /** The vertical axis is logarithmic; points that are not above zero are left out. */
  logarithmic?: boolean;
}

const CHART_FIELDS: OptionNames<LinesChart> = {
  title: true,
  series: true,
  xTitle: true,
  yTitle: true,
  logarithmic: true,
};

interface KnownPoint {
  x: number;
  y: number;
  low: number | null;
  high: number | null;
}

/** The most points that a line shows as dots too: more would hide it. */
const MOST_DOTS = 30;

/**
 * Lines with bands, each through its points by x. Of more points than CHART_LIMITS.linePoints in a series the lowest
 * and highest of each stretch are shown; of more series than CHART_LIMITS.series the first.
 */
export async function lines(chart: LinesChart): Promise<string> {
  checkOptionNames(chart, CHART_FIELDS, "lines");
  const { title, series, xTitle, yTitle, logarithmic } = chart;
  const axis = logarithmic ? "logarithmic" : "linear";
  const leftOut = countLeftOut();
  const shown = series.slice(0, CHART_LIMITS.series);
  let longest = 0;
  const values = shown.flatMap(({ points }, index) => {
    const known = points.flatMap((point) => readPoint(point, axis, leftOut)).sort((a, b) => a.x - b.x);
    longest = Math.max(longest, known.length);
    const thinned = thinLine(known, CHART_LIMITS.linePoints);
    return thinned.map((point) => ({ ...point, series: index, hasDot: thinned.length <= MOST_DOTS }));
  });
  const notes = [
    ...(longest > CHART_LIMITS.linePoints
      ? [`up to ${formatNumber(longest)} points per line, thinned to each stretch's lowest and highest`]
      : []),
    ...(series.length > shown.length ? [`first ${shown.length} of ${series.length} series shown`] : []),
    ...leftOut.notes(),
  ];
  if (values.length === 0) return drawChart(title, notes, null);

  const x = {
    field: "x",
    type: "quantitative",
    title: titleFrom("xTitle"),
    scale: { domain: extentOf(values.map(({ x }) => x)), nice: false },
  } as const;
  const ends = values.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]);
  const height = valueAxis("yTitle", ends, axis);
  const color = seriesColor(shown.length);
  return drawChart(title, notes, {
    width: PLOT_WIDTH,
    height: PLOT_HEIGHT,
    texts: { xTitle, yTitle, seriesLabels: shown.map(({ name }) => name) },
    data: { values },
    layer: [
      {
        transform: [{ filter: "datum.low !== null && datum.high !== null" }],
        mark: { type: "area", opacity: 0.18 },
        encoding: { x, y: { field: "low", ...height }, y2: { field: "high" }, color },
      },
      { mark: { type: "line", strokeWidth: 2 }, encoding: { x, y: { field: "y", ...height }, color } },
      {
        transform: [{ filter: "datum.hasDot" }],
        mark: { type: "circle", size: 30, opacity: 1 },
        encoding: { x, y: { field: "y", ...height }, color },
      },
    ],
  });
}

function readPoint(point: LinePoint, axis: "linear" | "logarithmic", leftOut: LeftOut): KnownPoint[] {
  const x = leftOut.keep(point.x, "linear");
  const y = leftOut.keep(point.y, axis);
  if (x === null || y === null) return [];
  const end = (value: number | undefined) => (value === undefined ? null : leftOut.keep(value, axis));
  return [{ x, y, low: end(point.low), high: end(point.high) }];
}
