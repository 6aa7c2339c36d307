import { at, checkRecord, NUMBER, type OptionKinds, optional, TEXT, TEXTS } from "@vsi/dataset/internal";
import type { VNode } from "preact";
import { AXIS_HEIGHT, axisOf, BottomAxis, extentOf, LABEL_LINE, placeLabels } from "./axes.tsx";
import { CHART_WIDTH, Frame, LABEL_SIZE, PADDING, px, Tip } from "./frame.tsx";
import {
  type BarSeries,
  checkSeries,
  type Estimate,
  estimateText,
  readEstimate,
  SERIES,
  seriesNote,
} from "./groupedBars.tsx";
import { countLeftOut } from "./limits.ts";
import { CHART_LIMITS } from "./text.ts";

/** Estimates with their intervals, one below the other: the differences of two runs by task. */
export interface ForestChart {
  title: string;
  rows: readonly string[];
  series: readonly BarSeries[];
  xTitle: string;
  /** Where nothing differs; a line is drawn there. Default 0. */
  reference?: number;
}

const CHART_FIELDS: OptionKinds<ForestChart> = {
  title: TEXT,
  rows: TEXTS,
  series: SERIES,
  xTitle: TEXT,
  reference: optional(NUMBER),
};

/** Units of one estimate. */
const LINE_HEIGHT = 13;
const ROW_GAP = 9;

/**
 * A forest plot: a dot for each estimate, a line for its interval. The dot is filled where the interval leaves out the
 * reference, which chance alone then hardly explains, and hollow where it does not or where there is no interval. Of
 * more series than CHART_LIMITS.series the first are shown.
 *
 * @throws ReportError "length-mismatch".
 *
 * @example
 * ```js
 * import { Forest } from "@vsi/report/parts";
 * import { renderToString } from "preact-render-to-string";
 *
 * const series = [{ name: "b - a", values: [4.5], low: [1.2], high: [7.9] }];
 * const chart = { title: "Gain", rows: ["counting"], series, xTitle: "percentage points" };
 * console.log(renderToString(Forest(chart)).startsWith("<svg")); // true
 * ```
 */
export function Forest(chart: ForestChart): VNode {
  checkRecord(chart, CHART_FIELDS, "forest");
  const { title, rows, series, xTitle, reference = 0 } = chart;
  checkSeries(series, rows, "rows");
  const leftOut = countLeftOut();
  const shown = series.slice(0, CHART_LIMITS.series);
  const estimates = rows.flatMap((_, row) =>
    shown.flatMap((one, index) => {
      const estimate = readEstimate(one, row, leftOut);
      return estimate === null ? [] : [{ row, series: index, ...estimate }];
    }),
  );
  const notes = [
    ...(estimates.some((one) => includes(one, reference)) ? [`hollow: the interval includes ${reference}`] : []),
    ...(estimates.some((one) => !hasInterval(one)) ? ["hollow without a line: no interval"] : []),
    ...seriesNote(series.length, shown.length),
    ...leftOut.notes(),
  ];
  if (estimates.length === 0) return <Frame title={title} notes={notes} height={null} />;

  const { labels, isAbove, left } = placeLabels(rows);
  const right = CHART_WIDTH - PADDING - 10;
  const labelHeight = isAbove ? LABEL_LINE : 0;
  const step = labelHeight + Math.max(1, shown.length) * LINE_HEIGHT + ROW_GAP;
  const bottom = rows.length * step;
  const topOf = (row: number) => row * step + labelHeight + ROW_GAP / 2;
  const ends = estimates.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const x = axisOf({ domain: extentOf([reference, ...ends]), range: [left + 8, right], count: 5 });
  return (
    <Frame title={title} notes={notes} series={shown.map(({ name }) => name)} height={bottom + AXIS_HEIGHT}>
      <BottomAxis axis={x} title={xTitle} left={left} right={right} bottom={bottom} />
      <line class="base" x1={x.at(reference)} x2={x.at(reference)} y1={0} y2={px(bottom)} />
      {labels.map((label, row) =>
        isAbove ? (
          <text x={px(left + 4)} y={px(topOf(row) - 4)}>
            {label}
          </text>
        ) : (
          <text class="end" x={px(left - 6)} y={px(topOf(row) + (shown.length * LINE_HEIGHT) / 2 + LABEL_SIZE / 3)}>
            {label}
          </text>
        ),
      )}
      <g class="estimates">
        {estimates.map((estimate) => {
          const { row, series, value, low, high } = estimate;
          const y = px(topOf(row) + (series + 0.5) * LINE_HEIGHT);
          return (
            <g class={`s${series} mark`}>
              <Tip>{estimateText([at(rows, row), at(shown, series).name], estimate)}</Tip>
              {low === null || high === null ? null : (
                <line class="whisker" x1={x.at(low)} x2={x.at(high)} y1={y} y2={y} />
              )}
              <circle
                class={hasInterval(estimate) && !includes(estimate, reference) ? "fill" : "hollow"}
                cx={x.at(value)}
                cy={y}
                r={4}
              />
            </g>
          );
        })}
      </g>
    </Frame>
  );
}

function hasInterval({ low, high }: Estimate): boolean {
  return low !== null && high !== null;
}

function includes({ low, high }: Estimate, reference: number): boolean {
  return low !== null && high !== null && low <= reference && high >= reference;
}
