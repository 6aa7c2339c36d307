/**
 * Charts and tables as Preact components, for pages that draw them live; `@vsi/report` draws the same ones into files.
 * Runs in browsers. A page needs PARTS_STYLE in its style sheet.
 *
 * @module
 */
import { CHART_STYLE, LIVE_PALETTE_STYLE, TABLE_STYLE } from "./style.ts";

export type { Cell, Column, Table, Tone } from "../cells.ts";
export { Bars, type BarsChart } from "./bars.tsx";
export { Confusion, type ConfusionChart } from "./confusion.tsx";
export { Forest, type ForestChart } from "./forest.tsx";
export { type BarSeries, GroupedBars, type GroupedBarsChart } from "./groupedBars.tsx";
export { Histogram, type HistogramChart } from "./histogram.tsx";
export { type LinePoint, type LineSeries, Lines, type LinesChart } from "./lines.tsx";
export { Scatter, type ScatterChart } from "./scatter.tsx";
export { DataTable, type DataTableOptions } from "./table.tsx";
export { CHART_LIMITS } from "./text.ts";

/**
 * The parts' style sheet: colours as custom properties (--vsi-ink and so on), and the rules of parts. Light and dark
 * follow the page's color-scheme, which is light unless the page says `color-scheme: light dark`.
 */
export const PARTS_STYLE: string = `${LIVE_PALETTE_STYLE}${CHART_STYLE}${TABLE_STYLE}`;
