import { at, checkOptionNames, type OptionNames } from "@vsi/dataset/internal";
import { checkLength } from "../errors.ts";
import { formatNumber } from "../text.ts";
import { CHART_LIMITS, chartLabel, labelFrom, titleFrom } from "./chartText.ts";
import { countLeftOut, groupsNote, keepLargest, othersLabel } from "./limits.ts";
import { drawChart, INK } from "./vega.ts";

/** How often a thing of a row was taken for one of a column. */
export interface ConfusionChart {
  title: string;
  rows: readonly string[];
  columns: readonly string[];
  /** counts[row][column], none negative. */
  counts: readonly (readonly number[])[];
  rowTitle: string;
  columnTitle: string;
}

const CHART_FIELDS: OptionNames<ConfusionChart> = {
  title: true,
  rows: true,
  columns: true,
  counts: true,
  rowTitle: true,
  columnTitle: true,
};

/** Pixels. */
const CELL_HEIGHT = 32;
const NARROWEST_CELL = 40;
const DIGIT_WIDTH = 7.5;
const CELL_MARGIN = 12;

/** Above this share of its row a cell is so dark that white digits are read better. */
const DARK_SHARE = 0.5;

/**
 * A heat map with the counts written in its cells; the darker a cell, the larger its share of its row. Of more rows or
 * columns than CHART_LIMITS.cells the largest are shown, the others as their sum.
 *
 * @throws ReportError "length-mismatch".
 */
export async function confusion(chart: ConfusionChart): Promise<string> {
  checkOptionNames(chart, CHART_FIELDS, "confusion");
  const { title, rows, columns, counts, rowTitle, columnTitle } = chart;
  checkLength({ place: "counts", length: counts.length }, { place: "rows", length: rows.length });
  for (const [index, row] of counts.entries()) {
    checkLength({ place: `counts[${index}]`, length: row.length }, { place: "columns", length: columns.length });
  }
  const leftOut = countLeftOut();
  const known = counts.map((row) => row.map((count) => leftOut.keep(count, "linear") ?? 0));
  const down = mergeSmallest(rows, known);
  const across = mergeSmallest(columns, transpose(down.lines, columns.length));
  const merged = transpose(across.lines, down.labels.length);
  const cells = merged.flatMap((row, rowIndex) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, columnIndex) => ({
      row: rowIndex,
      column: columnIndex,
      share: total === 0 ? 0 : count / total,
      text: formatNumber(count),
      isDark: count > DARK_SHARE * total,
    }));
  });
  const notes = [
    ...(cells.length === 0 ? [] : ["darker: a larger share of the row"]),
    ...groupsNote(rows.length, down.merged, "row", "sum"),
    ...groupsNote(columns.length, across.merged, "column", "sum"),
    ...leftOut.notes(),
  ];
  if (cells.length === 0) return drawChart(title, notes, null);

  const longest = cells.reduce((most, { text }) => Math.max(most, text.length), 0);
  const cellWidth = Math.max(NARROWEST_CELL, longest * DIGIT_WIDTH + CELL_MARGIN);
  const isTurned = across.labels.some((name) => chartLabel(name).length * DIGIT_WIDTH > cellWidth);
  const axis = { ticks: false, domain: false, labelPadding: 6 };
  const place = {
    y: {
      field: "row",
      type: "nominal",
      sort: null,
      title: titleFrom("yTitle"),
      scale: { domain: down.labels.map((_, index) => index) },
      axis: { ...axis, labelExpr: labelFrom("yLabels") },
    },
    x: {
      field: "column",
      type: "nominal",
      sort: null,
      title: titleFrom("xTitle"),
      scale: { domain: across.labels.map((_, index) => index) },
      axis: { ...axis, labelExpr: labelFrom("xLabels"), labelAngle: isTurned ? -40 : 0 },
    },
  } as const;
  return drawChart(title, notes, {
    width: across.labels.length * cellWidth,
    height: down.labels.length * CELL_HEIGHT,
    texts: { xTitle: columnTitle, yTitle: rowTitle, xLabels: across.labels, yLabels: down.labels },
    data: { values: cells },
    layer: [
      {
        mark: { type: "rect", stroke: "#ffffff", strokeWidth: 1 },
        encoding: {
          ...place,
          color: {
            field: "share",
            type: "quantitative",
            legend: null,
            scale: { domain: [0, 1], range: ["#eef1f6", "#332288"] },
          },
        },
      },
      ...[
        { color: INK, filter: "!datum.isDark" },
        { color: "#ffffff", filter: "datum.isDark" },
      ].map(({ color, filter }) => ({
        transform: [{ filter }],
        mark: { type: "text" as const, fontSize: 12, color },
        encoding: { ...place, text: { field: "text", type: "nominal" as const } },
      })),
    ],
  });
}

interface MergedLines {
  labels: string[];
  lines: number[][];
  /** How many of the names are in the last line. */
  merged: number;
}

/** Sums the lines with the smallest totals up to one when there are more than CHART_LIMITS.cells. */
function mergeSmallest(names: readonly string[], lines: readonly (readonly number[])[]): MergedLines {
  const totals = lines.map((line) => line.reduce((sum, count) => sum + count, 0));
  const { kept, merged } = keepLargest(totals, CHART_LIMITS.cells);
  const shownNames = kept.map((index) => at(names, index));
  const shown = kept.map((index) => [...at(lines, index)]);
  if (merged.length > 0) {
    shownNames.push(othersLabel(merged.length));
    const width = at(lines, 0).length;
    const mergedLines = merged.map((index) => at(lines, index));
    shown.push(transpose(mergedLines, width).map((counts) => counts.reduce((sum, count) => sum + count, 0)));
  }
  return { labels: shownNames, lines: shown, merged: merged.length };
}

function transpose(lines: readonly (readonly number[])[], width: number): number[][] {
  return Array.from({ length: width }, (_, place) => lines.map((line) => at(line, place)));
}
