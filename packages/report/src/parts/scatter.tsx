import {
  at,
  checkRecord,
  countOf,
  listOf,
  type OptionKinds,
  optional,
  RECORD,
  SWITCH,
  TEXT,
} from "@vsi/dataset/internal";
import type { VNode } from "preact";
import { formatNumber } from "../text.ts";
import { AXIS_HEIGHT, AXIS_TITLE_HEIGHT, axisOf, BottomAxis, extentOf, LeftAxis, leftOf } from "./axes.tsx";
import { CHART_WIDTH, Frame, PADDING, px, Tip } from "./frame.tsx";
import { countLeftOut, groupsNote, keepLargest, othersLabel, samplePoints } from "./limits.ts";
import { CHART_LIMITS, chartLabel } from "./text.ts";

/** Pairs of numbers, such as predicted against true. */
export interface ScatterChart {
  title: string;
  points: readonly { x: number; y: number; group?: string }[];
  xTitle: string;
  yTitle: string;
  /** Draws the line x = y; both axes then have the same extent. */
  diagonal?: boolean;
  /** Both axes are logarithmic; points that are not above zero are left out. */
  logarithmic?: boolean;
}

const CHART_FIELDS: OptionKinds<ScatterChart> = {
  title: TEXT,
  points: listOf(RECORD, "a list of points with x and y"),
  xTitle: TEXT,
  yTitle: TEXT,
  diagonal: optional(SWITCH),
  logarithmic: optional(SWITCH),
};

/** Units of the plot itself, unless it has a diagonal: then it is square. */
const PLOT_HEIGHT = 200;

/** The group of points without one, when others have one. */
const NO_GROUP = "(none)";

/** The most points that say their numbers when pointed at: of more nobody can point at one. */
const MOST_TIPS = 1_000;

/**
 * A scatter plot, in colours when points have groups. Of more points than CHART_LIMITS.points a random sample is shown,
 * always the same; of more groups than CHART_LIMITS.series the largest have a colour of their own. Equal points are one
 * larger circle.
 *
 * @example
 * ```js
 * import { Scatter } from "@vsi/report/parts";
 * import { renderToString } from "preact-render-to-string";
 *
 * const chart = { title: "Sizes", points: [{ x: 82, y: 90 }], xTitle: "true, cm", yTitle: "read, cm", diagonal: true };
 * console.log(renderToString(Scatter(chart)).startsWith("<svg")); // true
 * ```
 */
export function Scatter(chart: ScatterChart): VNode {
  checkRecord(chart, CHART_FIELDS, "scatter");
  const { title, points, xTitle, yTitle, diagonal, logarithmic } = chart;
  const kind = logarithmic ? "logarithmic" : "linear";
  const leftOut = countLeftOut();
  const known = points.flatMap(({ x, y, group }) => {
    const kept = { x: leftOut.keep(x, kind), y: leftOut.keep(y, kind) };
    return kept.x === null || kept.y === null ? [] : [{ x: kept.x, y: kept.y, group: group ?? NO_GROUP }];
  });
  const { labels, seriesOf, notes: groupNotes } = nameGroups(known.map(({ group }) => group));
  const sampled = samplePoints(known, CHART_LIMITS.points);
  const notes = [
    ...(sampled.length < known.length
      ? [`${formatNumber(sampled.length)} of ${countOf(known.length, "point")} shown, drawn at random`]
      : []),
    ...groupNotes,
    ...leftOut.notes(),
  ];
  if (sampled.length === 0) return <Frame title={title} notes={notes} height={null} />;

  const ofX = sampled.map(({ x }) => x);
  const ofY = sampled.map(({ y }) => y);
  const both = extentOf([...ofX, ...ofY], kind);
  const right = CHART_WIDTH - PADDING - 8;
  const yAxis = (height: number) => {
    const range = [AXIS_TITLE_HEIGHT + height, AXIS_TITLE_HEIGHT] as const;
    return axisOf({ domain: diagonal ? both : extentOf(ofY, kind), range, kind, count: 5 });
  };
  // The labels are the same whatever the height.
  const left = leftOf(yAxis(PLOT_HEIGHT));
  const height = diagonal ? right - left : PLOT_HEIGHT;
  const bottom = AXIS_TITLE_HEIGHT + height;
  const y = yAxis(height);
  const x = axisOf({ domain: diagonal ? both : extentOf(ofX, kind), range: [left, right], kind, count: 5 });
  const [low, high] = x.domain;
  const marks = countEqual(sampled);
  return (
    <Frame title={title} notes={notes} series={labels} height={bottom + AXIS_HEIGHT}>
      <LeftAxis axis={y} title={yTitle} left={left} right={right} />
      <BottomAxis axis={x} title={xTitle} left={left} right={right} bottom={bottom} />
      {diagonal ? <line class="guide" x1={x.at(low)} y1={y.at(low)} x2={x.at(high)} y2={y.at(high)} /> : null}
      <g class="points">
        {marks.map(({ x: across, y: up, group, count }) => (
          <circle class={`point s${seriesOf(group)} mark`} cx={x.at(across)} cy={y.at(up)} r={radiusOf(count)}>
            {marks.length > MOST_TIPS ? null : (
              <Tip>
                {[
                  ...(labels.length > 1 ? [chartLabel(group)] : []),
                  `${formatNumber(across)}, ${formatNumber(up)}`,
                  ...(count > 1 ? [countOf(count, "point")] : []),
                ].join(": ")}
              </Tip>
            )}
          </circle>
        ))}
      </g>
    </Frame>
  );
}

/** Units. */
const RADIUS = 3;
const LARGEST_RADIUS = 12;

/** Equal points are one circle with an area for each of them: counts and rounded answers fall on each other. */
function radiusOf(count: number): number {
  return px(Math.min(LARGEST_RADIUS, RADIUS * Math.sqrt(count)));
}

interface Mark {
  x: number;
  y: number;
  group: string;
  count: number;
}

/** The points with how often each is there. */
function countEqual(points: readonly Omit<Mark, "count">[]): Mark[] {
  const marks = new Map<string, Mark>();
  for (const point of points) {
    const key = `${point.x} ${point.y} ${point.group}`;
    const mark = marks.get(key);
    if (mark === undefined) marks.set(key, { ...point, count: 1 });
    else mark.count += 1;
  }
  return [...marks.values()];
}

/** Labels in the order in which groups first appear; those of the smallest groups are one when there are too many. */
function nameGroups(groups: readonly string[]) {
  const sizes = new Map<string, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const names = [...sizes.keys()];
  const { kept, merged } = keepLargest([...sizes.values()], CHART_LIMITS.series);
  const shown = kept.map((index) => at(names, index));
  const labels = merged.length === 0 ? shown : [...shown, othersLabel(merged.length)];
  const series = new Map(shown.map((name, index) => [name, index]));
  const seriesOf = (group: string): number => series.get(group) ?? shown.length;
  return { labels, seriesOf, notes: groupsNote(names.length, merged.length, "group", "one") };
}
