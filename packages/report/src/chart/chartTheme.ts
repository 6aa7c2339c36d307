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
 * Fonts that are there on each system; Vega measures text by a table of its own, so the layout is the same
 * everywhere.
 */
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

/** Pixels of the plot itself; axes, title and legend come on top. */
export const PLOT_WIDTH = 620;
export const PLOT_HEIGHT = 300;

/** The look of all charts: a white card that is readable on light and dark pages. */
export const CHART_CONFIG = {
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
