import type { TopLevelSpec } from "vega-lite";
import { escapeHtml } from "../text.ts";
import { type ChartTexts, chartTitle, textParameters } from "./chartText.ts";

/**
 * Paul Tol's "muted" scheme (Colour Schemes, SRON/EPS/TN/09-002, 2021), told apart with every common colour blindness;
 * its pale grey, meant for missing data, is left out. Ordered so that the darker ones come first: most charts have few
 * series.
 */
export const PALETTE = [
  "#332288",
  "#CC6677",
  "#44AA99",
  "#882255",
  "#117733",
  "#999933",
  "#88CCEE",
  "#AA4499",
  "#DDCC77",
] as const;

export const INK = "#1c1f24";
const SOFT_INK = "#5b6472";

/**
 * Fonts that are there on each system; Vega measures text by a table of its own, so the layout is the same everywhere.
 */
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

/** Pixels of the plot itself; axes, title and legend come on top. */
export const PLOT_WIDTH = 620;
export const PLOT_HEIGHT = 300;

/** The look of all charts: a white card that is readable on light and dark pages. */
const CHART_CONFIG = {
  // Vega-Lite would build the descriptions of marks as expressions out of the titles; the SVG's root carries one label
  // instead.
  aria: false,
  background: "#ffffff",
  padding: 16,
  font: FONT,
  view: { stroke: null },
  // What is not finite is left out and counted before; Vega-Lite 6.4's own filter fails on heat maps ("reading 'type'"
  // of null).
  mark: { invalid: "show" },
  title: {
    anchor: "start",
    color: INK,
    fontSize: 15,
    fontWeight: 600,
    subtitleColor: SOFT_INK,
    subtitleFontSize: 12,
    subtitlePadding: 6,
    offset: 14,
    limit: 0,
  },
  axis: {
    labelFlush: false,
    labelColor: INK,
    labelFontSize: 12,
    labelLimit: 0,
    titleColor: SOFT_INK,
    titleFontSize: 12,
    titleFontWeight: 400,
    titlePadding: 10,
    titleLimit: 0,
    gridColor: "#e6e8ec",
    domainColor: "#9aa2ae",
    tickColor: "#9aa2ae",
  },
  legend: {
    labelColor: INK,
    labelFontSize: 12,
    labelLimit: 0,
    orient: "bottom",
    columns: 3,
    title: null,
    symbolOpacity: 1,
    symbolType: "square",
  },
} as const;

/** Layers of a chart over shared data, in Vega-Lite's words. Users' texts stand in `texts` and in data values alone. */
export type Plot = Pick<Extract<TopLevelSpec, { layer: unknown }>, "data" | "layer"> & {
  width: number;
  height: number;
  texts: ChartTexts;
};

/** Shown where there is nothing to plot. */
const EMPTY_PLOT: Plot = {
  width: PLOT_WIDTH,
  height: PLOT_HEIGHT / 3,
  texts: {},
  data: { values: [{}] },
  layer: [{ mark: { type: "text", text: "no data", fontSize: 15, color: INK } }],
};

/**
 * A chart as an SVG document of its own, the same bytes for the same chart. `notes` become the subtitle, one line each;
 * `plot` is null when nothing is left to show.
 */
export async function drawChart(title: string, notes: readonly string[], plot: Plot | null): Promise<string> {
  const vega = await loadVega();
  const { compile } = await import("vega-lite");
  // With the optional package canvas installed, text would be measured with this machine's fonts.
  vega.textMetrics.canvas(false);
  const line = chartTitle(title);
  const { texts, ...layers } = plot ?? EMPTY_PLOT;
  const { spec } = compile({
    ...layers,
    params: [{ name: "chartTitle", value: line }, ...textParameters(texts)],
    title: { text: { signal: "chartTitle" }, ...(notes.length === 0 ? {} : { subtitle: [...notes] }) },
    config: CHART_CONFIG,
  } as TopLevelSpec);
  const view = new vega.View(vega.parse(spec), { renderer: "none" });
  try {
    const svg = await view.toSVG();
    return svg.replace("<svg ", () => `<svg role="img" aria-label="${escapeHtml(line)}" `);
  } finally {
    view.finalize();
  }
}

/** What vega exports and its declarations (6.4) leave out. */
interface UndeclaredExports {
  /** How text is measured: with the optional package canvas, or by an estimate from the number of characters. */
  textMetrics: { canvas(use: boolean): boolean };
  /** Round bins over an extent. */
  bin(options: { extent: [number, number]; maxbins: number }): { start: number; stop: number; step: number };
  /** A seeded generator of numbers from 0 to below 1. */
  randomLCG(seed: number): () => number;
}

/**
 * Vega, loaded when the first chart is drawn: with vega-lite it takes a quarter of a second, and pages of tables need
 * neither.
 */
export async function loadVega(): Promise<typeof import("vega") & UndeclaredExports> {
  const vega: unknown = await import("vega");
  return vega as typeof import("vega") & UndeclaredExports;
}
