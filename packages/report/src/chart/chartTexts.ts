import { oneLine } from "../text/oneLine.ts";
import { shorten } from "../text/shorten.ts";
import { CHART_LIMITS } from "./chartLimits.ts";

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
