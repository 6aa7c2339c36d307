import type { VNode } from "preact";
import { renderToStaticMarkup } from "preact-render-to-string";
import { Bars, type BarsChart } from "./parts/bars.tsx";
import { Confusion, type ConfusionChart } from "./parts/confusion.tsx";
import { Forest, type ForestChart } from "./parts/forest.tsx";
import { GroupedBars, type GroupedBarsChart } from "./parts/groupedBars.tsx";
import { Histogram, type HistogramChart } from "./parts/histogram.tsx";
import { Lines, type LinesChart } from "./parts/lines.tsx";
import { Scatter, type ScatterChart } from "./parts/scatter.tsx";
import { CHART_STYLE, PALETTE_STYLE } from "./parts/style.ts";

/** A chart as plain data, for a page: its kind, and what the function of that name takes. */
export type Chart =
  | ({ kind: "bars" } & BarsChart)
  | ({ kind: "confusion" } & ConfusionChart)
  | ({ kind: "forest" } & ForestChart)
  | ({ kind: "groupedBars" } & GroupedBarsChart)
  | ({ kind: "histogram" } & HistogramChart)
  | ({ kind: "lines" } & LinesChart)
  | ({ kind: "scatter" } & ScatterChart);

/** A chart as the element of a page, whose style sheet has CHART_STYLE. */
export function chartMarkup(chart: Chart): string {
  return renderToStaticMarkup(partOf(chart));
}

function partOf(chart: Chart): VNode {
  switch (chart.kind) {
    case "bars":
      return <Bars {...withoutKind(chart)} />;
    case "confusion":
      return <Confusion {...withoutKind(chart)} />;
    case "forest":
      return <Forest {...withoutKind(chart)} />;
    case "groupedBars":
      return <GroupedBars {...withoutKind(chart)} />;
    case "histogram":
      return <Histogram {...withoutKind(chart)} />;
    case "lines":
      return <Lines {...withoutKind(chart)} />;
    case "scatter":
      return <Scatter {...withoutKind(chart)} />;
  }
}

function withoutKind<Fields extends { kind: string }>({ kind: _, ...fields }: Fields): Omit<Fields, "kind"> {
  return fields;
}

/** A file's pictures are half as wide again as their units: a page shows them at that size. */
const FILE_SCALE = 1.5;

/**
 * A chart as an SVG file of its own: with its style sheet, so that it is light and dark where it is shown as an image;
 * the same bytes for the same chart.
 */
function svgFile(chart: Chart): string {
  return chartMarkup(chart)
    .replace(
      /^<svg class="([^"]*)" viewBox="0 0 (\S+) ([^"]+)" width="[^"]*" height="[^"]*"/,
      (_, name: string, width: string, height: string) =>
        `<svg xmlns="http://www.w3.org/2000/svg" class="${name}" viewBox="0 0 ${width} ${height}" width="${scaled(width)}" height="${scaled(height)}"`,
    )
    .replace(GROUND, () => `<style>${PALETTE_STYLE}${CHART_STYLE}</style>${GROUND}`);
}

/** The first element of every chart; no text in front of it can look like it, since "<" is escaped. */
const GROUND = '<rect class="ground"';

function scaled(units: string): number {
  return Math.round(Number(units) * FILE_SCALE);
}

/**
 * Horizontal bars as an SVG file; see the part Bars. @throws ReportError "length-mismatch".
 *
 * @example
 * ```js
 * import { bars } from "@vsi/report";
 *
 * const svg = bars({ title: "Questions", categories: ["counting", "size"], values: [12, 30], xTitle: "questions" });
 * console.log(svg.startsWith("<svg")); // true
 * ```
 */
export function bars(chart: BarsChart): string {
  return svgFile({ ...chart, kind: "bars" });
}

/**
 * A heat map of counts as an SVG file; see the part Confusion. @throws ReportError "length-mismatch".
 *
 * @example
 * ```js
 * import { confusion } from "@vsi/report";
 *
 * const sides = ["left", "right"];
 * const svg = confusion({ title: "Direction", rows: sides, columns: sides, counts: [[8, 2], [1, 9]], rowTitle: "true", columnTitle: "read" });
 * console.log(svg.startsWith("<svg")); // true
 * ```
 */
export function confusion(chart: ConfusionChart): string {
  return svgFile({ ...chart, kind: "confusion" });
}

/**
 * Estimates with their intervals as an SVG file; see the part Forest. @throws ReportError "length-mismatch".
 *
 * @example
 * ```js
 * import { forest } from "@vsi/report";
 *
 * const series = [{ name: "b - a", values: [4.5], low: [1.2], high: [7.9] }];
 * const svg = forest({ title: "Gain", rows: ["counting"], series, xTitle: "percentage points" });
 * console.log(svg.startsWith("<svg")); // true
 * ```
 */
export function forest(chart: ForestChart): string {
  return svgFile({ ...chart, kind: "forest" });
}

/**
 * Bars in groups, with error bars, as an SVG file; see the part GroupedBars.
 *
 * @throws ReportError "length-mismatch".
 *
 * @example
 * ```js
 * import { groupedBars } from "@vsi/report";
 *
 * const series = [{ name: "official", values: [0.61, 0.48], low: [0.55, 0.4], high: [0.67, 0.56] }];
 * const svg = groupedBars({ title: "Accuracy", categories: ["counting", "distance"], series, xTitle: "accuracy" });
 * console.log(svg.startsWith("<svg")); // true
 * ```
 */
export function groupedBars(chart: GroupedBarsChart): string {
  return svgFile({ ...chart, kind: "groupedBars" });
}

/**
 * How often values fall where, as an SVG file; see the part Histogram. @throws ReportError "bad-bins".
 *
 * @example
 * ```js
 * import { histogram } from "@vsi/report";
 *
 * const svg = histogram({ title: "Distances", values: [0.9, 1.4, 1.6, 3.2], xTitle: "metres", bins: 4 });
 * console.log(svg.startsWith("<svg")); // true
 * ```
 */
export function histogram(chart: HistogramChart): string {
  return svgFile({ ...chart, kind: "histogram" });
}

/**
 * Curves as an SVG file; see the part Lines.
 *
 * @example
 * ```js
 * import { lines } from "@vsi/report";
 *
 * const points = [0.4, 0.7, 0.9].map((y, x) => ({ x, y }));
 * const svg = lines({ title: "Reward", series: [{ name: "total", points }], xTitle: "step", yTitle: "reward" });
 * console.log(svg.startsWith("<svg")); // true
 * ```
 */
export function lines(chart: LinesChart): string {
  return svgFile({ ...chart, kind: "lines" });
}

/**
 * Pairs of numbers as an SVG file; see the part Scatter.
 *
 * @example
 * ```js
 * import { scatter } from "@vsi/report";
 *
 * const svg = scatter({ title: "Sizes", points: [{ x: 82, y: 90 }], xTitle: "true, cm", yTitle: "read, cm", diagonal: true });
 * console.log(svg.startsWith("<svg")); // true
 * ```
 */
export function scatter(chart: ScatterChart): string {
  return svgFile({ ...chart, kind: "scatter" });
}
