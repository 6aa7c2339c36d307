import { at, checkOptionNames, type OptionNames } from "@vsi/dataset/internal";
import { ReportError } from "../errors.ts";
import { extentOf } from "./axes.ts";
import { titleFrom } from "./chartText.ts";
import { countLeftOut } from "./limits.ts";
import { drawChart, loadVega, PALETTE, PLOT_HEIGHT, PLOT_WIDTH } from "./vega.ts";

/** How often values fall where. */
export interface HistogramChart {
  title: string;
  values: readonly number[];
  xTitle: string;
  /**
   * Maximum number of bars; one more where the axis has to begin at a round number. Default HISTOGRAM_DEFAULTS.bins.
   */
  bins?: number;
}

const CHART_FIELDS: OptionNames<HistogramChart> = { title: true, values: true, xTitle: true, bins: true };

export const HISTOGRAM_DEFAULTS = { bins: 24 } as const;

/** One bar: values from `from` on and below `to`; the last bar holds its end too. */
interface Bin {
  from: number;
  to: number;
  count: number;
}

/** Vega's own tolerance: 0.3 / 0.1 is a little less than 3. */
const BOUNDARY_TOLERANCE = 1e-14;

/**
 * A histogram with round bin widths.
 *
 * @throws ReportError "bad-bins" unless bins is a whole number above zero.
 */
export async function histogram(chart: HistogramChart): Promise<string> {
  checkOptionNames(chart, CHART_FIELDS, "histogram");
  const { title, values, xTitle, bins } = chart;
  const most = bins ?? HISTOGRAM_DEFAULTS.bins;
  if (!Number.isInteger(most) || most < 1) {
    throw new ReportError("bad-bins", {
      place: "bins",
      got: String(most),
      expected: "a whole number of at least 1",
      advice: `Leave it out for ${HISTOGRAM_DEFAULTS.bins}.`,
    });
  }
  const leftOut = countLeftOut();
  const known = values.map((value) => leftOut.keep(value, "linear")).filter((value) => value !== null);
  if (known.length === 0) return drawChart(title, leftOut.notes(), null);
  const { filled, domain } = await fillBins(known, most);
  return drawChart(title, leftOut.notes(), {
    width: PLOT_WIDTH,
    height: PLOT_HEIGHT,
    texts: { xTitle },
    data: { values: filled },
    layer: [
      {
        mark: { type: "rect", color: PALETTE[0], stroke: "#ffffff", strokeWidth: 1 },
        encoding: {
          x: {
            field: "from",
            type: "quantitative",
            title: titleFrom("xTitle"),
            scale: { domain, nice: false },
          },
          x2: { field: "to" },
          y: { field: "count", type: "quantitative", title: "count", axis: { tickMinStep: 1 } },
          y2: { datum: 0 },
        },
      },
    ],
  });
}

async function fillBins(values: readonly number[], most: number): Promise<{ filled: Bin[]; domain: [number, number] }> {
  const { bin } = await loadVega();
  const { start, stop, step } = bin({ extent: extentOf(values), maxbins: most });
  const size = Math.max(1, Math.round((stop - start) / step));
  const filled = Array.from({ length: size }, (_, index) => ({
    from: start + index * step,
    to: start + (index + 1) * step,
    count: 0,
  }));
  for (const value of values) {
    const index = Math.floor((value - start) / step + BOUNDARY_TOLERANCE);
    at(filled, Math.max(0, Math.min(size - 1, index))).count += 1;
  }
  return { filled, domain: [start, start + size * step] };
}
