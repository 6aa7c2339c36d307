import {
  at,
  checkRecord,
  fields,
  listOf,
  type OptionKinds,
  optional,
  RECORD,
  SWITCH,
  TEXT,
  wholeFrom,
} from "@vsi/dataset/internal";
import { area, line } from "d3-shape";
import type { VNode } from "preact";
import { formatNumber } from "../text.ts";
import { AXIS_HEIGHT, AXIS_TITLE_HEIGHT, axisOf, BottomAxis, extentOf, LeftAxis, leftOf } from "./axes.tsx";
import { CHART_WIDTH, Frame, PADDING, px, Tip } from "./frame.tsx";
import { seriesNote } from "./groupedBars.tsx";
import { countLeftOut, type LeftOut, thinLine } from "./limits.ts";
import { CHART_LIMITS, chartLabel, chartTitle } from "./text.ts";

/** One point of a line; between `low` and `high`, where both are there, a band is drawn. */
export interface LinePoint {
  x: number;
  y: number;
  low?: number;
  high?: number;
}

/** One line. */
export interface LineSeries {
  name: string;
  points: readonly LinePoint[];
  /** Which of the palette's colours it has, from 0; its place among the series unless told otherwise. */
  colour?: number;
  /** Dashed beside a whole line of the same colour, such as held-out rewards beside those of the training. */
  isDashed?: boolean;
}

/** Curves, such as a reward over training steps. */
export interface LinesChart {
  title: string;
  series: readonly LineSeries[];
  xTitle: string;
  yTitle: string;
  /** The vertical axis is logarithmic; points that are not above zero are left out. */
  logarithmic?: boolean;
}

const CHART_FIELDS: OptionKinds<LinesChart> = {
  title: TEXT,
  series: listOf(
    fields({
      name: TEXT,
      points: listOf(RECORD, "a list of points with x and y"),
      colour: optional(wholeFrom(0)),
      isDashed: optional(SWITCH),
    }),
    "a list of series with name and points, a colour from 0 where there is one",
  ),
  xTitle: TEXT,
  yTitle: TEXT,
  logarithmic: optional(SWITCH),
};

/** Units of the plot itself. */
const PLOT_HEIGHT = 180;

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
 *
 * @example
 * ```js
 * import { Lines } from "@vsi/report/parts";
 * import { renderToString } from "preact-render-to-string";
 *
 * const points = [0.4, 0.7, 0.9].map((y, x) => ({ x, y }));
 * const chart = { title: "Reward", series: [{ name: "total", points }], xTitle: "step", yTitle: "reward" };
 * console.log(renderToString(Lines(chart)).startsWith("<svg")); // true
 * ```
 */
export function Lines(chart: LinesChart): VNode {
  checkRecord(chart, CHART_FIELDS, "lines");
  const { title, series, xTitle, yTitle, logarithmic } = chart;
  const kind = logarithmic ? "logarithmic" : "linear";
  const leftOut = countLeftOut();
  const shown = series.slice(0, CHART_LIMITS.series);
  const known = shown.map(({ points }) =>
    points.flatMap((point) => readPoint(point, kind, leftOut)).sort((a, b) => a.x - b.x),
  );
  const curves = known.map((points) => thinLine(points, CHART_LIMITS.linePoints));
  const longest = Math.max(0, ...known.map(({ length }) => length));
  const notes = [
    ...(longest > CHART_LIMITS.linePoints
      ? [`up to ${formatNumber(longest)} points per line, thinned to each stretch's lowest and highest`]
      : []),
    ...seriesNote(series.length, shown.length),
    ...leftOut.notes(),
  ];
  const all = curves.flat();
  if (all.length === 0) return <Frame title={title} notes={notes} height={null} />;

  const names = shown.map(({ name }) => name);
  const colours = shown.map(({ colour }, index) => (colour ?? index) % CHART_LIMITS.series);
  const legend = shown.map(({ name, isDashed }, index) => ({
    name,
    colour: at(colours, index),
    isDashed: isDashed ?? false,
  }));
  const bottom = AXIS_TITLE_HEIGHT + PLOT_HEIGHT;
  const ends = all.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]);
  const y = axisOf({ domain: extentOf(ends, kind), range: [bottom, AXIS_TITLE_HEIGHT], kind, count: 5 });
  const left = leftOf(y);
  const right = CHART_WIDTH - PADDING - 8;
  const xs = all.map(({ x }) => x);
  const isCount = xs.every(Number.isInteger);
  const x = axisOf({ domain: extentOf(xs), range: [left, right], isExact: true, isCount, count: 5 });
  const drawLine = line<KnownPoint>(
    (point) => x.at(point.x),
    (point) => y.at(point.y),
  ).digits(2);
  const drawBand = area<KnownPoint>()
    .defined(({ low, high }) => low !== null && high !== null)
    .x((point) => x.at(point.x))
    .y0(({ low, y: middle }) => y.at(low ?? middle))
    .y1(({ high, y: middle }) => y.at(high ?? middle))
    .digits(2);
  return (
    <Frame title={title} notes={notes} series={legend} height={bottom + AXIS_HEIGHT}>
      <LeftAxis axis={y} title={yTitle} left={left} right={right} />
      <BottomAxis axis={x} title={xTitle} left={left} right={right} bottom={bottom} />
      {curves.map((points, index) => {
        const band = drawBand(points) ?? "";
        return band === "" ? null : (
          <g class={`bands s${colours[index]}`}>
            <path class="band" d={band} />
          </g>
        );
      })}
      {curves.map((points, index) =>
        points.length === 0 ? null : (
          <g class={`lines s${colours[index]}`}>
            <path class={shown[index]?.isDashed ? "stroke dashed" : "stroke"} d={drawLine(points) ?? ""} />
            {points.length > MOST_DOTS
              ? null
              : points.map((point) => <circle class="fill" cx={x.at(point.x)} cy={y.at(point.y)} r={2.5} />)}
          </g>
        ),
      )}
      <g class="strips">
        {stripsOf(curves).map(({ from, to, points }) => (
          <rect
            class="strip"
            x={x.at(from)}
            y={AXIS_TITLE_HEIGHT}
            width={px(Math.max(1, x.at(to) - x.at(from)))}
            height={PLOT_HEIGHT}
          >
            <Tip>{stripText(points, names, xTitle)}</Tip>
          </rect>
        ))}
      </g>
    </Frame>
  );
}

function readPoint(point: LinePoint, axis: "linear" | "logarithmic", leftOut: LeftOut): KnownPoint[] {
  const x = leftOut.keep(point.x, "linear");
  const y = leftOut.keep(point.y, axis);
  if (x === null || y === null) return [];
  const end = (value: number | undefined) => (value === undefined ? null : leftOut.keep(value, axis));
  return [{ x, y, low: end(point.low), high: end(point.high) }];
}

/** Narrower strips could not be pointed at. */
const MOST_STRIPS = 100;

/** A part of the x axis, and the point of each series there: what a pointer anywhere above it is told. */
interface Strip {
  from: number;
  to: number;
  points: { series: number; point: KnownPoint }[];
}

/** Strips around the points' places; where there are too many places, around evenly chosen ones. */
function stripsOf(curves: readonly (readonly KnownPoint[])[]): Strip[] {
  const places = [...new Set(curves.flatMap((points) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const stride = Math.ceil(places.length / MOST_STRIPS);
  const chosen = places.filter((_, index) => index % stride === 0);
  const last = at(places, places.length - 1);
  const pointsAt = curves.map((points) => new Map(points.map((point) => [point.x, point])));
  return chosen.map((place, index) => {
    const before = chosen[index - 1];
    const after = chosen[index + 1];
    return {
      from: before === undefined ? place : before + (place - before) / 2,
      to: after === undefined ? last : place + (after - place) / 2,
      points: pointsAt.flatMap((points, series) => {
        const point = points.get(place);
        return point === undefined ? [] : [{ series, point }];
      }),
    };
  });
}

function stripText(points: Strip["points"], names: readonly string[], xTitle: string): string {
  const values = points.map(({ series, point: { y, low, high } }) => {
    const band = low === null || high === null ? "" : ` (${formatNumber(low)} to ${formatNumber(high)})`;
    return `${chartLabel(at(names, series))}: ${formatNumber(y)}${band}`;
  });
  return [`${chartTitle(xTitle)} ${formatNumber(points[0]?.point.x ?? 0)}`, ...values].join("\n");
}
