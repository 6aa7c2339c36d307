import { ANY, at, checkRecord, countOf, type OptionKinds, TEXT, VALUES } from "@vsi/dataset/internal";
import type { VNode } from "preact";
import { ReportError } from "../errors.ts";
import { formatNumber } from "../text.ts";
import { AXIS_HEIGHT, AXIS_TITLE_HEIGHT, axisOf, BottomAxis, extentOf, LeftAxis, leftOf } from "./axes.tsx";
import { CHART_WIDTH, Frame, PADDING, px, Tip } from "./frame.tsx";
import { countLeftOut } from "./limits.ts";

/** How often values fall where. */
export interface HistogramChart {
  title: string;
  values: readonly number[];
  xTitle: string;
  /**
   * Maximum number of bins; one more where the axis has to begin at a round number. Default HISTOGRAM_DEFAULTS.bins.
   */
  bins?: number;
}

const CHART_FIELDS: OptionKinds<HistogramChart> = { title: TEXT, values: VALUES, xTitle: TEXT, bins: ANY };

export const HISTOGRAM_DEFAULTS = { bins: 24 } as const;

/** Units of the plot itself. */
const PLOT_HEIGHT = 170;

/** One bar: values from `from` on and below `to`; the last bar holds its end too. */
interface Bin {
  from: number;
  to: number;
  count: number;
}

/**
 * A histogram with round bin widths.
 *
 * @throws ReportError "bad-bins" unless bins is a whole number above zero.
 *
 * @example
 * ```js
 * import { Histogram } from "@vsi/report/parts";
 * import { renderToString } from "preact-render-to-string";
 *
 * const chart = { title: "Distances", values: [0.9, 1.4, 1.6, 3.2], xTitle: "metres", bins: 4 };
 * console.log(renderToString(Histogram(chart)).startsWith("<svg")); // true
 * ```
 */
export function Histogram(chart: HistogramChart): VNode {
  checkRecord(chart, CHART_FIELDS, "histogram");
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
  if (known.length === 0) return <Frame title={title} notes={leftOut.notes()} height={null} />;

  const filled = fillBins(known, most);
  const bottom = AXIS_TITLE_HEIGHT + PLOT_HEIGHT;
  const highest = Math.max(...filled.map(({ count }) => count));
  const y = axisOf({ domain: [0, highest], range: [bottom, AXIS_TITLE_HEIGHT], isCount: true, count: 4 });
  const left = leftOf(y);
  const right = CHART_WIDTH - PADDING - 8;
  const x = axisOf({
    domain: [at(filled, 0).from, at(filled, filled.length - 1).to],
    range: [left, right],
    isExact: true,
    count: 5,
  });
  return (
    <Frame title={title} notes={leftOut.notes()} height={bottom + AXIS_HEIGHT}>
      <LeftAxis axis={y} title="count" left={left} right={right} />
      <BottomAxis axis={x} title={xTitle} left={left} right={right} bottom={bottom} />
      <g class="bars s0">
        {filled.map(({ from, to, count }) => (
          <rect
            class="fill mark"
            x={x.at(from)}
            y={y.at(count)}
            width={px(x.at(to) - x.at(from))}
            height={px(bottom - y.at(count))}
          >
            <Tip>{`${formatNumber(from)} to ${formatNumber(to)}: ${countOf(count, "value")}`}</Tip>
          </rect>
        ))}
      </g>
      <line class="base" x1={px(left)} x2={px(right)} y1={bottom} y2={bottom} />
    </Frame>
  );
}

/** 0.3 / 0.1 is a little less than 3. */
const BOUNDARY_TOLERANCE = 1e-14;

function fillBins(values: readonly number[], most: number): Bin[] {
  const [low, high] = extentOf(values);
  const step = roundStep((high - low) / most);
  const start = Math.floor(low / step + BOUNDARY_TOLERANCE);
  const end = Math.max(start + 1, Math.ceil(high / step - BOUNDARY_TOLERANCE));
  const filled = Array.from({ length: Math.min(end - start, most + 1) }, (_, index) => ({
    from: (start + index) * step,
    to: (start + index + 1) * step,
    count: 0,
  }));
  for (const value of values) {
    const index = Math.floor(value / step + BOUNDARY_TOLERANCE) - start;
    at(filled, Math.max(0, Math.min(filled.length - 1, index))).count += 1;
  }
  return filled;
}

/** The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is not below `least`. */
function roundStep(least: number): number {
  const power = Number(`1e${Math.floor(Math.log10(least))}`);
  const factor = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= least * (1 - BOUNDARY_TOLERANCE)) ?? 10;
  return factor * power;
}
