import type { ComponentChildren, VNode } from "preact";
import { chartLabel, chartTitle, textWidth, wrapText } from "./text.ts";

/**
 * Units of a chart's width, drawn as wide as its column is: at 400 pixels a text of 12 units is as high as 12 pixels, at
 * 1280, with three charts a row, as 13.
 */
export const CHART_WIDTH = 360;

/** Units around a chart. */
export const PADDING = 10;

/** Font sizes, as in CHART_STYLE. */
const TITLE_SIZE = 14;
const NOTE_SIZE = 11.5;
export const LABEL_SIZE = 12;
export const TICK_SIZE = 11.5;

const TITLE_LINE = 18;
const NOTE_LINE = 15;
const LEGEND_LINE = 18;
const SWATCH = 10;

/** How high a dashed line's swatch is. */
const DASH = 4;

/** Between the parts of a chart. */
const GAP = 8;

/** Semibold letters are a little wider. */
const SEMIBOLD = 1.12;

/** A series in a legend. */
interface LegendEntry {
  name: string;
  /** Of the palette, from 0. */
  colour: number;
  isDashed: boolean;
}

/** What every chart has around its plot. */
interface FrameOptions {
  title: string;
  /** Lines below the title: what is left out, merged or thinned. */
  notes: readonly string[];
  /** Names of the series, with their colours where these are not in turn; a legend only when there are several. */
  series?: readonly (string | LegendEntry)[];
  /** CHART_WIDTH unless the plot needs more. */
  width?: number;
  /** Height of the plot with its axes; null where there is nothing to plot. */
  height: number | null;
  /** The plot, from 0 to `height` down and from 0 to `width` across. */
  children?: ComponentChildren;
}

/** A chart: its title, notes and legend, and the plot below them. */
export function Frame({ title, notes, series = [], width = CHART_WIDTH, height, children }: FrameOptions): VNode {
  const inner = width - 2 * PADDING;
  const label = chartTitle(title);
  const titleLines = label === "" ? [] : wrapText(label, TITLE_SIZE * SEMIBOLD, inner);
  const noteLines = notes.flatMap((note) => wrapText(note, NOTE_SIZE, inner));
  const legend = series.length < 2 ? { entries: [], height: 0 } : placeLegend(series, inner);
  const notesTop = PADDING + titleLines.length * TITLE_LINE;
  const legendTop = notesTop + noteLines.length * NOTE_LINE;
  const top = legendTop + legend.height + GAP;
  const plotHeight = height ?? EMPTY_HEIGHT;
  const whole = px(top + plotHeight + PADDING);
  return (
    <svg
      class={`vsi-chart${width > CHART_WIDTH ? " wide" : ""}`}
      viewBox={`0 0 ${px(width)} ${whole}`}
      width={px(width)}
      height={whole}
      role="img"
      aria-label={label}
    >
      <rect class="ground" width="100%" height="100%" />
      {titleLines.map((line, index) => (
        <text class="title" x={PADDING} y={px(PADDING + (index + 1) * TITLE_LINE - 4)}>
          {line}
        </text>
      ))}
      {noteLines.map((line, index) => (
        <text class="note" x={PADDING} y={px(notesTop + (index + 1) * NOTE_LINE - 3)}>
          {line}
        </text>
      ))}
      {legend.entries.map(({ name, colour, isDashed, x, y }) => (
        <g class={`s${colour}`}>
          <rect
            class="fill"
            x={px(PADDING + x)}
            y={px(legendTop + y + (isDashed ? 8 : 5))}
            width={SWATCH}
            height={isDashed ? DASH : SWATCH}
            rx={2}
          />
          <text x={px(PADDING + x + SWATCH + 5)} y={px(legendTop + y + 14)}>
            {name}
          </text>
        </g>
      ))}
      <g transform={`translate(0 ${px(top)})`}>
        {height === null ? (
          <text class="empty middle" x={px(width / 2)} y={EMPTY_HEIGHT / 2 + 5}>
            no data
          </text>
        ) : (
          children
        )}
      </g>
    </svg>
  );
}

const EMPTY_HEIGHT = 80;

/** Entries beside each other, in as many lines as they need. */
function placeLegend(series: NonNullable<FrameOptions["series"]>, width: number) {
  let x = 0;
  let line = 0;
  const entries = series.map((one, index) => {
    const { name, colour, isDashed } = typeof one === "string" ? { name: one, colour: index, isDashed: false } : one;
    const label = chartLabel(name);
    const own = SWATCH + 5 + textWidth(label, LABEL_SIZE) + 12;
    if (x > 0 && x + own > width) {
      x = 0;
      line += 1;
    }
    const entry = { name: label, colour, isDashed, x, y: line * LEGEND_LINE };
    x += own;
    return entry;
  });
  return { entries, height: (line + 1) * LEGEND_LINE };
}

/** What a pointer over a mark shows, also without script. */
export function Tip({ children }: { children: string }): VNode {
  return <title>{children}</title>;
}

/** Hundredths of a unit: nobody sees more, and files stay small. */
export function px(value: number): number {
  return Number(value.toFixed(2));
}
