import { at, checkRecord, type OptionKinds, TEXT, TEXTS, VALUES } from "@vsi/dataset/internal";
import type { VNode } from "preact";
import { checkLength } from "../errors.ts";
import { formatNumber } from "../text.ts";
import { AXIS_HEIGHT, axisOf, BottomAxis, extentFromZero, LABEL_LINE, placeLabels } from "./axes.tsx";
import { CHART_WIDTH, Frame, LABEL_SIZE, PADDING, px, Tip } from "./frame.tsx";
import { countLeftOut, groupsNote, keepLargest, othersLabel } from "./limits.ts";
import { CHART_LIMITS, textWidth } from "./text.ts";

/** Counts of named things. */
export interface BarsChart {
  title: string;
  categories: readonly string[];
  /** One for each category. */
  values: readonly number[];
  xTitle: string;
}

const CHART_FIELDS: OptionKinds<BarsChart> = { title: TEXT, categories: TEXTS, values: VALUES, xTitle: TEXT };

/** Units from one bar to the next, without a label above it. */
const BAR_STEP = 20;
const BAR_HEIGHT = 14;

/**
 * Horizontal bars with their values written out, from top to bottom in the given order. Of more categories than
 * CHART_LIMITS.bars the largest are shown, the others as their sum.
 *
 * @throws ReportError "length-mismatch".
 *
 * @example
 * ```js
 * import { Bars } from "@vsi/report/parts";
 * import { renderToString } from "preact-render-to-string";
 *
 * const chart = { title: "Questions", categories: ["counting", "size"], values: [12, 30], xTitle: "questions" };
 * console.log(renderToString(Bars(chart)).startsWith("<svg")); // true
 * ```
 */
export function Bars(chart: BarsChart): VNode {
  checkRecord(chart, CHART_FIELDS, "bars");
  const { title, categories, values, xTitle } = chart;
  checkLength({ place: "values", length: values.length }, { place: "categories", length: categories.length });
  const leftOut = countLeftOut();
  const known = categories.flatMap((name, index) => {
    const value = leftOut.keep(at(values, index), "linear");
    return value === null ? [] : [{ name, value }];
  });
  const { kept, merged } = keepLargest(
    known.map(({ value }) => value),
    CHART_LIMITS.bars,
  );
  const shown = kept.map((index) => at(known, index));
  if (merged.length > 0) {
    const sum = merged.reduce((total, index) => total + at(known, index).value, 0);
    shown.push({ name: othersLabel(merged.length), value: sum });
  }
  const notes = [...groupsNote(known.length, merged.length, "category", "sum"), ...leftOut.notes()];
  if (shown.length === 0) return <Frame title={title} notes={notes} height={null} />;

  const { labels, isAbove, left } = placeLabels(shown.map(({ name }) => name));
  const texts = shown.map(({ value }) => formatNumber(value));
  const right = CHART_WIDTH - PADDING - Math.max(...texts.map((text) => textWidth(text, LABEL_SIZE))) - 5;
  const step = BAR_STEP + (isAbove ? LABEL_LINE : 0);
  const bottom = shown.length * step;
  const x = axisOf({
    domain: extentFromZero(shown.map(({ value }) => value)),
    range: [left, right],
    isExact: true,
    isCount: shown.every(({ value }) => Number.isInteger(value)),
    count: 4,
  });
  const zero = x.at(0);
  return (
    <Frame title={title} notes={notes} height={bottom + AXIS_HEIGHT}>
      <BottomAxis axis={x} title={xTitle} left={left} right={right} bottom={bottom} />
      <g class="bars s0">
        {shown.map(({ value }, index) => {
          const end = x.at(value);
          const top = index * step + (isAbove ? LABEL_LINE : 0) + (BAR_STEP - BAR_HEIGHT) / 2;
          return (
            <g>
              {isAbove ? (
                <text x={px(left + 4)} y={px(top - 5)}>
                  {labels[index]}
                </text>
              ) : (
                <text class="end" x={px(left - 6)} y={px(top + BAR_HEIGHT - 3)}>
                  {labels[index]}
                </text>
              )}
              <rect
                class="fill mark"
                x={Math.min(zero, end)}
                y={px(top)}
                width={px(Math.abs(end - zero))}
                height={BAR_HEIGHT}
              >
                <Tip>{`${labels[index]}: ${texts[index]}`}</Tip>
              </rect>
              <text class="tick value" x={px(Math.max(zero, end) + 5)} y={px(top + BAR_HEIGHT - 3)}>
                {texts[index]}
              </text>
            </g>
          );
        })}
      </g>
      <line class="base" x1={zero} x2={zero} y1={0} y2={px(bottom)} />
    </Frame>
  );
}
