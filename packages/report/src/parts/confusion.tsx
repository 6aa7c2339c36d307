import { at, checkRecord, listOf, type OptionKinds, TEXT, TEXTS, VALUES } from "@vsi/dataset/internal";
import type { VNode } from "preact";
import { checkLength } from "../errors.ts";
import { formatNumber } from "../text.ts";
import { CHART_WIDTH, Frame, LABEL_SIZE, PADDING, px, TICK_SIZE, Tip } from "./frame.tsx";
import { countLeftOut, groupsNote, keepLargest, othersLabel } from "./limits.ts";
import { CHART_LIMITS, chartLabel, chartTitle, fitText, textWidth } from "./text.ts";

/** How often a thing of a row was taken for one of a column. */
export interface ConfusionChart {
  title: string;
  rows: readonly string[];
  /** Those that are rows too are shown in the rows' order, the others after them. */
  columns: readonly string[];
  /** counts[row][column], none negative. */
  counts: readonly (readonly number[])[];
  rowTitle: string;
  columnTitle: string;
}

const CHART_FIELDS: OptionKinds<ConfusionChart> = {
  title: TEXT,
  rows: TEXTS,
  columns: TEXTS,
  counts: listOf(VALUES, "a list of numbers for each row"),
  rowTitle: TEXT,
  columnTitle: TEXT,
};

/** Units. */
const CELL_HEIGHT = 28;
const NARROWEST_CELL = 34;
const WIDEST_CELL = 64;
const CELL_MARGIN = 10;
const WIDEST_LABEL = 110;

/** Above this share of its row a cell is so strong that digits in the ground's colour have more contrast, light or dark. */
const STRONG_SHARE = 0.62;

/** How much ink the emptiest cell has: it must be told from the ground. */
const LEAST_INK = 0.05;

/** A label turned by 40 degrees is this much of its width high. */
const TURNED = Math.sin((40 * Math.PI) / 180);

/**
 * A heat map with the counts written in its cells; the stronger a cell, the larger its share of its row. What has the same
 * name on both axes stands in the same order, and its cells have a frame. Of more rows or columns than CHART_LIMITS.cells
 * the largest are shown, the others as their sum.
 *
 * @throws ReportError "length-mismatch".
 *
 * @example
 * ```js
 * import { Confusion } from "@vsi/report/parts";
 * import { renderToString } from "preact-render-to-string";
 *
 * const sides = ["left", "right"];
 * const chart = { title: "Direction", rows: sides, columns: sides, counts: [[8, 2], [1, 9]], rowTitle: "true", columnTitle: "read" };
 * console.log(renderToString(Confusion(chart)).startsWith("<svg")); // true
 * ```
 */
export function Confusion(chart: ConfusionChart): VNode {
  checkRecord(chart, CHART_FIELDS, "confusion");
  const { title, rows, columns, counts, rowTitle, columnTitle } = chart;
  checkLength({ place: "counts", length: counts.length }, { place: "rows", length: rows.length });
  for (const [index, row] of counts.entries()) {
    checkLength({ place: `counts[${index}]`, length: row.length }, { place: "columns", length: columns.length });
  }
  const leftOut = countLeftOut();
  const known = counts.map((row) => row.map((count) => leftOut.keep(count, "linear") ?? 0));
  const { down, across, merged } = mergeBoth(rows, columns, known);
  const isEmpty = merged.length === 0 || across.labels.length === 0;
  const notes = [
    ...(isEmpty ? [] : ["stronger: a larger share of the row"]),
    ...groupsNote(rows.length, down.merged, "row", "sum"),
    ...groupsNote(columns.length, across.merged, "column", "sum"),
    ...leftOut.notes(),
  ];
  if (isEmpty) return <Frame title={title} notes={notes} height={null} />;

  const downLabels = down.labels.map((name) => fitText(chartLabel(name), LABEL_SIZE, WIDEST_LABEL));
  const acrossLabels = across.labels.map((name) => fitText(chartLabel(name), LABEL_SIZE, WIDEST_LABEL));
  const widest = (texts: readonly string[], size: number) => Math.max(...texts.map((text) => textWidth(text, size)));
  const left = PADDING + widest(downLabels, LABEL_SIZE) + 8;
  const digits = widest(
    merged.flatMap((row) => row.map(formatNumber)),
    LABEL_SIZE,
  );
  const room = (CHART_WIDTH - PADDING - left) / acrossLabels.length;
  const cellWidth = Math.max(NARROWEST_CELL, digits + CELL_MARGIN, Math.min(WIDEST_CELL, room));
  const isTurned = acrossLabels.some((name) => textWidth(name, LABEL_SIZE) + 4 > cellWidth);
  const right = left + acrossLabels.length * cellWidth;
  const top = TITLE_HEIGHT;
  const bottom = top + downLabels.length * CELL_HEIGHT;
  const labelsHeight = isTurned ? widest(acrossLabels, LABEL_SIZE) * TURNED + 16 : 20;
  // A turned label reaches to the left of its column.
  const width = Math.max(CHART_WIDTH, right + PADDING);
  return (
    <Frame title={title} notes={notes} width={width} height={bottom + labelsHeight + TITLE_HEIGHT}>
      <text class="axis-title" x={PADDING} y={11}>
        {fitText(chartTitle(rowTitle), TICK_SIZE, width - 2 * PADDING)}
      </text>
      {downLabels.map((label, row) => (
        <text class="end" x={px(left - 6)} y={px(top + (row + 0.5) * CELL_HEIGHT + 4)}>
          {label}
        </text>
      ))}
      <g class="cells s0">
        {merged.map((row, rowIndex) => {
          const total = row.reduce((sum, count) => sum + count, 0);
          return row.map((count, column) => {
            const share = total === 0 ? 0 : count / total;
            const [x, y] = [left + column * cellWidth, top + rowIndex * CELL_HEIGHT];
            const name = at(down.labels, rowIndex);
            return (
              <g class="mark">
                <Tip>{cellText([name, at(across.labels, column)], [rowTitle, columnTitle], count, share)}</Tip>
                <rect
                  class="cell fill"
                  x={px(x)}
                  y={px(y)}
                  width={px(cellWidth)}
                  height={CELL_HEIGHT}
                  fill-opacity={px(LEAST_INK + share * (1 - LEAST_INK))}
                />
                {name === across.labels[column] && down.isShared(name) ? (
                  <rect class="same" x={px(x + 2)} y={px(y + 2)} width={px(cellWidth - 4)} height={CELL_HEIGHT - 4} />
                ) : null}
                <text
                  class={count > STRONG_SHARE * total ? "count middle on-fill" : "count middle"}
                  x={px(x + cellWidth / 2)}
                  y={px(y + CELL_HEIGHT / 2 + 4)}
                >
                  {formatNumber(count)}
                </text>
              </g>
            );
          });
        })}
      </g>
      {acrossLabels.map((label, column) => {
        const [x, y] = [px(left + (column + 0.5) * cellWidth), px(bottom + 16)];
        return isTurned ? (
          <text class="end" x={px(x + 4)} y={px(y - 2)} transform={`rotate(-40 ${x} ${y})`}>
            {label}
          </text>
        ) : (
          <text class="middle" x={x} y={y}>
            {label}
          </text>
        );
      })}
      <text class="axis-title middle" x={px((left + right) / 2)} y={px(bottom + labelsHeight + 13)}>
        {fitText(chartTitle(columnTitle), TICK_SIZE, width - 2 * PADDING)}
      </text>
    </Frame>
  );
}

const TITLE_HEIGHT = 20;

function cellText(
  [row, column]: [string, string],
  [rowTitle, columnTitle]: [string, string],
  count: number,
  share: number,
) {
  const percent = (share * 100).toFixed(0);
  const names = `${chartTitle(rowTitle)}: ${chartLabel(row)}\n${chartTitle(columnTitle)}: ${chartLabel(column)}`;
  return `${names}\n${formatNumber(count)} (${percent} % of the row)`;
}

/** The lines of one axis that are shown. */
interface MergedAxis {
  labels: string[];
  /** How many of the names are in the last line. */
  merged: number;
  /** Whether the other axis has this name too. */
  isShared(name: string): boolean;
}

/** The same names on both axes, in the same order; the smallest, by both axes together, are summed up to one. */
function mergeBoth(rows: readonly string[], columns: readonly string[], counts: readonly (readonly number[])[]) {
  const rowTotals = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columnTotals = columns.map((_, column) => counts.reduce((sum, row) => sum + at(row, column), 0));
  const both = new Set(rows.filter((name) => columns.includes(name)));
  const order = [...columns.keys()].sort((a, b) => rankOf(a) - rankOf(b) || a - b);
  function rankOf(column: number): number {
    const row = rows.indexOf(at(columns, column));
    return row === -1 ? rows.length : row;
  }
  // What is on one axis alone competes with the names on both by its share of the same total.
  const weightOf = (name: string) =>
    rows.reduce((sum, row, index) => sum + (row === name ? at(rowTotals, index) : 0), 0) +
    columns.reduce((sum, column, index) => sum + (column === name ? at(columnTotals, index) : 0), 0);
  const down = keepLargest(rows.map(weightOf), CHART_LIMITS.cells);
  const across = keepLargest(
    order.map((column) => weightOf(at(columns, column))),
    CHART_LIMITS.cells,
  );
  const columnsOf = (places: readonly number[]) => places.map((place) => at(order, place));
  const sumOf = (row: readonly number[], places: readonly number[]) =>
    places.reduce((sum, place) => sum + at(row, place), 0);
  const acrossMerged = columnsOf(across.merged);
  const shrink = (row: readonly number[]) => [
    ...columnsOf(across.kept).map((column) => at(row, column)),
    ...(acrossMerged.length === 0 ? [] : [sumOf(row, acrossMerged)]),
  ];
  const merged = down.kept.map((row) => shrink(at(counts, row)));
  if (down.merged.length > 0) {
    merged.push(
      shrink(columns.map((_, column) => down.merged.reduce((sum, row) => sum + at(at(counts, row), column), 0))),
    );
  }
  const axis = (names: readonly string[], mergedCount: number): MergedAxis => ({
    labels: mergedCount === 0 ? [...names] : [...names, othersLabel(mergedCount)],
    merged: mergedCount,
    isShared: (name) => both.has(name),
  });
  return {
    down: axis(
      down.kept.map((row) => at(rows, row)),
      down.merged.length,
    ),
    across: axis(
      columnsOf(across.kept).map((column) => at(columns, column)),
      across.merged.length,
    ),
    merged,
  };
}
