import { oneLine, shorten } from "../text.ts";

/**
 * Users' texts, by the names of the Vega signals that carry them as values. They must not stand in the specification
 * itself: Vega turns each literal there into an expression, and a title "constructor" fails.
 */
export interface ChartTexts {
  xTitle?: string;
  yTitle?: string;
  /** By the index that stands in the data in a label's place; so for each of the labels. */
  xLabels?: readonly string[];
  yLabels?: readonly string[];
  seriesLabels?: readonly string[];
}

/** The specification's word for an axis title. */
export function titleFrom(name: "xTitle" | "yTitle"): { signal: string } {
  return { signal: name };
}

/** The expression that shows an index as its label. */
export function labelFrom(name: "xLabels" | "yLabels" | "seriesLabels"): string {
  return `${name}[datum.value]`;
}

/** A title as one line of a chart. */
export function chartTitle(text: string): string {
  return shorten(oneLine(text), CHART_LIMITS.titleCharacters);
}

/** A name as a label that fits into a chart. */
export function chartLabel(name: string): string {
  return shorten(oneLine(name), CHART_LIMITS.labelCharacters) || "(empty)";
}

/** The texts, made fit for a chart, as parameters of a Vega-Lite specification. */
export function textParameters(texts: ChartTexts): { name: string; value: string | string[] }[] {
  return Object.entries(texts).map(([name, text]: [string, string | readonly string[]]) => ({
    name,
    value: typeof text === "string" ? chartTitle(text) : text.map(chartLabel),
  }));
}

/** What a chart shows at most; the rest is merged or thinned, and the chart's subtitle says so. */
export const CHART_LIMITS = {
  /** Groups along an axis: 20 groups of nine bars, 4 px each, fit a page's width. */
  groups: 20,
  /** Horizontal bars: 40 fill a screen's height. */
  bars: 40,
  /** Rows and columns of a confusion matrix each: 20 fit a page's width. */
  cells: 20,
  /** Series and groups with a colour of their own: as many as the palette has. */
  series: 9,
  /** Points of a scatter plot: about 600 kB of SVG; more hide each other. */
  points: 3_000,
  /** Points of one line: more than the chart is wide in pixels. */
  linePoints: 1_000,
  /** Characters of a title: one line of the chart's width. */
  titleCharacters: 80,
  /** Characters of a label beside a bar, below a group or in a legend. */
  labelCharacters: 32,
} as const;
