import { sampleEvenly } from "@vsi/dataset";
import { useEffect, useMemo, useRef } from "preact/hooks";
import uPlot from "uplot";
import { readColours } from "../parts/colours.ts";
import { columnTexts, countText, numberText, tickTexts } from "../parts/format.ts";
import { GridTable } from "../parts/GridTable.tsx";
import { useTheme } from "../theme.ts";
import { type Alarm, alignLines, type CurveFigure, type CurveLine, smoothed } from "./curves.ts";

export interface CurveChartProps {
  figure: CurveFigure;
  alarms: readonly Alarm[];
  /** Of the moving average, 0 to 1. */
  smoothing: number;
  isLog: boolean;
}

/** Pixels. */
const HEIGHT = 220;

/** Colours that there are; a tenth run has the first one's again. */
const COLOURS = 9;

/** Charts of a page show the same step. */
const SYNC = "training";

/**
 * One metric over the steps, on a canvas: a run may have 100,000 steps. Below it its lines' names with the values at the
 * pointer, and the same numbers as a table for whoever does not see the canvas.
 */
export function CurveChart({ figure, alarms, smoothing, isLog }: CurveChartProps) {
  const { metric, title, axis, caption, lines } = figure;
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const readings = useRef<HTMLElement>(null);
  const theme = useTheme();
  const drawn = useMemo(() => drawnLines(lines, smoothing, isLog), [lines, smoothing, isLog]);
  const data = useMemo(() => alignLines(drawn), [drawn]);
  // The latest of what the chart's own functions ask for when they draw.
  const latest = useRef({ alarms, lines, drawn });
  latest.current = { alarms, lines, drawn };
  // Other lines are another chart; other values are not, and the pointer stays where it is.
  const form = `${drawn.map(({ name, isRaw }) => `${name}${isRaw}`).join("\n")}\n${isLog}\n${theme}`;

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const colours = readColours(element, PROPERTIES);
    const made = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { sync: { key: SYNC }, drag: { x: true, y: false }, points: { size: 6 } },
        scales: { x: { time: false }, y: { distr: isLog ? 3 : 1 } },
        axes: [
          { ...axisOf(colours), size: 34, incrs: WHOLE_STEPS, values: (_, ticks) => ticks.map(countText) },
          { ...axisOf(colours), size: 58, values: (_, ticks) => tickTexts(ticks, isLog) },
        ],
        series: [{}, ...drawn.map((line) => seriesOf(line, colours))],
        hooks: {
          draw: [(plot) => drawAlarms(plot, latest.current.alarms, colours.bad)],
          setCursor: [(plot) => writeReadings(plot, readings.current, latest.current)],
        },
      },
      data as uPlot.AlignedData,
      element,
    );
    chart.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      made.destroy();
      chart.current = null;
    };
  }, [form]);

  useEffect(() => chart.current?.setData(data as uPlot.AlignedData), [data, alarms]);

  const leftOut = isLog
    ? lines.flatMap(({ values }) => values).filter((value) => value !== null && value <= 0).length
    : 0;
  return (
    <figure class="curve" data-metric={metric}>
      <figcaption>
        <h4>{title}</h4>
        <span class="note">{axis}</span>
      </figcaption>
      <div class="plot" ref={box} role="img" aria-label={described(figure)} />
      <ul class="legend" ref={readings as never}>
        {lines.map((line) => (
          <li key={line.name}>
            <span
              class={line.isHeldOut ? "swatch held-out" : "swatch"}
              style={{ background: `var(${propertyOf(line.run)})` }}
            />
            <bdi>{line.name}</bdi> <b class="reading">{numberText(lastOf(line))}</b>
          </li>
        ))}
      </ul>
      <p class="note">
        {caption}
        {leftOut > 0 ? ` ${countText(leftOut)} values of zero or below have no place on a logarithmic axis.` : ""}
      </p>
      <ValuesTable title={title} lines={lines} />
    </figure>
  );
}

/** A line as it is drawn: smoothed, or as logged, faint behind its smoothed one. */
type DrawnLine = CurveLine & { isRaw: boolean };

function drawnLines(lines: readonly CurveLine[], smoothing: number, isLog: boolean): DrawnLine[] {
  // The logarithm of what is not above zero is nothing.
  const fit = (values: readonly (number | null)[]) =>
    isLog ? values.map((value) => (value !== null && value > 0 ? value : null)) : values;
  const trained = lines.filter(({ isHeldOut }) => !isHeldOut);
  const isSmooth = smoothing > 0;
  return [
    ...(isSmooth ? trained.map((line) => ({ ...line, values: fit(line.values), isRaw: true })) : []),
    ...lines.map((line) => ({
      ...line,
      values: fit(isSmooth && !line.isHeldOut ? smoothed(line.values, smoothing) : line.values),
      isRaw: false,
    })),
  ];
}

function propertyOf(run: number): string {
  return `--vsi-s${run % COLOURS}`;
}

const PROPERTIES: Readonly<Record<string, string>> = {
  muted: "--muted",
  line: "--line",
  bad: "--bad",
  ...Object.fromEntries(Array.from({ length: COLOURS }, (_, run) => [`run${run}`, propertyOf(run)])),
};

type Colours = Readonly<Record<string, string>>;

/** Distances between ticks: there is no half step of a training. */
const WHOLE_STEPS = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();

function axisOf(colours: Colours): uPlot.Axis {
  return {
    stroke: colours.muted,
    font: "12px system-ui, sans-serif",
    grid: { stroke: colours.line, width: 1 },
    ticks: { show: false },
  };
}

/** How much of a logged line shows behind its smoothed one, in hexadecimal digits of a byte. */
const FAINT = 0.25;

function seriesOf({ name, run, isHeldOut, isRaw }: DrawnLine, colours: Colours): uPlot.Series {
  const colour = colours[`run${run % COLOURS}`];
  return {
    label: name,
    stroke: isRaw ? faint(colour) : colour,
    width: isRaw ? 1 : 2,
    spanGaps: true,
    ...(isHeldOut ? { dash: [6, 4], points: { show: true, size: 6, fill: colour } } : {}),
    // Faint lines are behind others; what the pointer marks is the line one reads.
    ...(isRaw ? { points: { show: false } } : {}),
  };
}

function faint(colour: string): string {
  return colour.replace(/^rgba?\(([^)]*)\)$/, (_, parts: string) => {
    return `rgba(${parts.split(",").slice(0, 3).join(",")}, ${FAINT})`;
  });
}

/** A dashed line at each alarm's step, with a mark at its top. */
function drawAlarms(plot: uPlot, alarms: readonly Alarm[], colour: string): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  const size = 5 * devicePixelRatio;
  for (const { step } of alarms) {
    const x = Math.round(plot.valToPos(step, "x", true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(x - size, bbox.top);
    ctx.lineTo(x + size, bbox.top);
    ctx.lineTo(x, bbox.top + 1.6 * size);
    ctx.fill();
  }
  ctx.restore();
}

/** The values at the pointer beside the lines' names; the last ones while it is elsewhere. */
function writeReadings(
  plot: uPlot,
  list: HTMLElement | null,
  { lines, drawn }: { lines: readonly CurveLine[]; drawn: readonly DrawnLine[] },
): void {
  if (list === null) return;
  const { idx } = plot.cursor;
  const isAway = idx == null || (plot.cursor.left ?? -1) < 0;
  for (const [index, line] of lines.entries()) {
    const reading = list.children[index]?.querySelector(".reading");
    if (!reading) continue;
    const series = drawn.findIndex(({ name, isRaw }) => name === line.name && !isRaw) + 1;
    const value = isAway ? lastOf(line) : plot.data[series]?.[idx];
    reading.textContent = isAway ? numberText(value) : `${numberText(value)} at ${plot.data[0][idx]}`;
  }
}

function lastOf({ values }: CurveLine): number | null {
  return values.findLast((value) => value !== null) ?? null;
}

/** The chart in words. */
function described({ title, lines }: CurveFigure): string {
  const ends = lines.map((line) => {
    const first = line.values.find((value) => value !== null);
    return `${line.name} from ${numberText(first)} at step ${line.steps[0]} to ${numberText(lastOf(line))} at step ${line.steps.at(-1)}`;
  });
  return `${title}: ${ends.join("; ")}`;
}

/** Rows of the table: enough to follow a curve by ear. */
const TABLE_ROWS = 40;

function ValuesTable({ title, lines }: { title: string; lines: readonly CurveLine[] }) {
  const [steps, ...columns] = alignLines(lines);
  const rows = sampleEvenly(
    steps.map((_, index) => index),
    TABLE_ROWS,
  );
  const texts = columns.map((values) => columnTexts(rows.map((row) => values[row])));
  return (
    <details>
      <summary>
        Values<span class="spoken"> of {title}</span>
      </summary>
      <GridTable
        label={`Values of ${title}`}
        isLow
        columns={[
          { name: "Step", isNumber: true },
          ...lines.map(({ name }, index) => ({ name: `line ${index}`, head: <bdi>{name}</bdi>, isNumber: true })),
        ]}
        rows={rows.map((row, index) => ({
          key: row,
          cells: [steps[row], ...texts.map((column) => column[index])],
        }))}
      />
    </details>
  );
}
