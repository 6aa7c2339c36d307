import { at, checkOptionNames, countOf, type OptionNames } from "@vsi/dataset/internal";
import { formatNumber } from "../text.ts";
import { extentOf, seriesColor, valueAxis } from "./axes.ts";
import { CHART_LIMITS } from "./chartText.ts";
import { countLeftOut, groupsNote, keepLargest, othersLabel, samplePoints } from "./limits.ts";
import { drawChart, PLOT_HEIGHT, PLOT_WIDTH, type Plot } from "./vega.ts";

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

const CHART_FIELDS: OptionNames<ScatterChart> = {
  title: true,
  points: true,
  xTitle: true,
  yTitle: true,
  diagonal: true,
  logarithmic: true,
};

/** Pixels of each side of a plot with a diagonal: it has to be square. */
const SQUARE = 420;

/** The group of points without one, when others have one. */
const NO_GROUP = "(none)";

/**
 * A scatter plot, in colours when points have groups. Of more points than CHART_LIMITS.points a random sample is shown,
 * always the same; of more groups than CHART_LIMITS.series the largest have a colour of their own.
 */
export async function scatter(chart: ScatterChart): Promise<string> {
  checkOptionNames(chart, CHART_FIELDS, "scatter");
  const { title, points, xTitle, yTitle, diagonal, logarithmic } = chart;
  const axis = logarithmic ? "logarithmic" : "linear";
  const leftOut = countLeftOut();
  const known = points.flatMap(({ x, y, group }) => {
    const kept = { x: leftOut.keep(x, axis), y: leftOut.keep(y, axis) };
    return kept.x === null || kept.y === null ? [] : [{ x: kept.x, y: kept.y, group: group ?? NO_GROUP }];
  });
  const { labels, seriesOf, notes: groupNotes } = nameGroups(known.map(({ group }) => group));
  const sampled = await samplePoints(known, CHART_LIMITS.points);
  const notes = [
    ...(sampled.length < known.length
      ? [`${formatNumber(sampled.length)} of ${countOf(known.length, "point")} shown, drawn at random`]
      : []),
    ...groupNotes,
    ...leftOut.notes(),
  ];
  if (sampled.length === 0) return drawChart(title, notes, null);

  const values = sampled.map(({ x, y, group }) => ({ x, y, series: seriesOf(group) }));
  const extent = (fields: readonly ("x" | "y")[]) => values.flatMap((point) => fields.map((field) => point[field]));
  const both = extent(["x", "y"]);
  const place = {
    x: { field: "x", ...valueAxis("xTitle", diagonal ? both : extent(["x"]), axis) },
    y: { field: "y", ...valueAxis("yTitle", diagonal ? both : extent(["y"]), axis) },
  } as const;
  const layer: Plot["layer"] = [
    {
      mark: { type: "circle", size: 28, opacity: 0.6 },
      encoding: {
        ...place,
        color: seriesColor(labels.length),
      },
    },
  ];
  if (diagonal) {
    layer.unshift({
      data: { values: extentOf(both, axis).map((end) => ({ x: end, y: end })) },
      mark: { type: "line", color: "#7a828e", strokeDash: [5, 4], strokeWidth: 1.5 },
      encoding: place,
    });
  }
  return drawChart(title, notes, {
    width: diagonal ? SQUARE : PLOT_WIDTH,
    height: diagonal ? SQUARE : PLOT_HEIGHT,
    texts: { xTitle, yTitle, seriesLabels: labels },
    data: { values },
    layer,
  });
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
