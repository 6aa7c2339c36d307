import { at, checkOptionNames, type OptionNames } from "@vsi/dataset/internal";
import { checkLength } from "../errors.ts";
import { formatNumber } from "../text.ts";
import { extentFromZero } from "./axes.ts";
import { CHART_LIMITS, labelFrom, titleFrom } from "./chartText.ts";
import { countLeftOut, groupsNote, keepLargest, othersLabel } from "./limits.ts";
import { drawChart, INK, PALETTE, PLOT_WIDTH } from "./vega.ts";

/** Counts of named things. */
export interface BarsChart {
  title: string;
  categories: readonly string[];
  /** One for each category. */
  values: readonly number[];
  xTitle: string;
}

const CHART_FIELDS: OptionNames<BarsChart> = { title: true, categories: true, values: true, xTitle: true };

/** Pixels from one bar to the next. */
const BAR_STEP = 24;

/**
 * Horizontal bars with their values written out, from top to bottom in the given order. Of more categories than
 * CHART_LIMITS.bars the largest are shown, the others as their sum.
 *
 * @throws ReportError "length-mismatch".
 */
export async function bars(chart: BarsChart): Promise<string> {
  checkOptionNames(chart, CHART_FIELDS, "bars");
  const { title, categories, values, xTitle } = chart;
  checkLength({ place: "values", length: values.length }, { place: "categories", length: categories.length });
  const leftOut = countLeftOut();
  const known = categories.flatMap((name, index) => {
    const value = leftOut.keep(at(values, index), "linear");
    return value === null ? [] : [{ name, value }];
  });
  const { kept, merged } = keepLargest(
    known.map(({ value }) => value),
    CHART_LIMITS.bars,
  );
  const shown = kept.map((index) => at(known, index));
  if (merged.length > 0) {
    const sum = merged.reduce((total, index) => total + at(known, index).value, 0);
    shown.push({ name: othersLabel(merged.length), value: sum });
  }
  const rows = shown.map(({ value }, index) => ({ label: index, value, text: formatNumber(value) }));
  const notes = [...groupsNote(known.length, merged.length, "category", "sum"), ...leftOut.notes()];
  if (rows.length === 0) return drawChart(title, notes, null);
  const label = {
    field: "label",
    type: "nominal",
    sort: null,
    title: null,
    scale: { domain: rows.map(({ label }) => label) },
    axis: { labelExpr: labelFrom("yLabels") },
  } as const;
  const value = {
    field: "value",
    type: "quantitative",
    title: titleFrom("xTitle"),
    scale: { domain: extentFromZero(shown.map(({ value }) => value)), nice: true },
  } as const;
  return drawChart(title, notes, {
    width: PLOT_WIDTH,
    height: rows.length * BAR_STEP,
    texts: { xTitle, yLabels: shown.map(({ name }) => name) },
    data: { values: rows },
    layer: [
      { mark: { type: "bar", color: PALETTE[0] }, encoding: { y: label, x: value } },
      {
        mark: { type: "text", align: "left", dx: 5, fontSize: 12, color: INK },
        encoding: { y: label, x: value, text: { field: "text", type: "nominal" } },
      },
    ],
  });
}
