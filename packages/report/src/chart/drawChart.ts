import type { TopLevelSpec } from "vega-lite";
import { escapeHtml } from "../text/escapeHtml.ts";
import { type ChartTexts, chartTitle, textParameters } from "./chartTexts.ts";
import { CHART_CONFIG, INK, PLOT_HEIGHT, PLOT_WIDTH } from "./chartTheme.ts";
import { loadVega } from "./loadVega.ts";

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
