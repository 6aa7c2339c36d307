import { bars, confusion, forest, groupedBars, histogram, lines, scatter } from "../../src/charts.tsx";

export interface ChartInput {
  text: string;
  points: readonly { x: number; y: number; group: string }[];
  logarithmic: boolean;
}

/** The same texts and numbers, drawn by each kind of chart. */
export const everyChart: Record<string, (input: ChartInput) => string> = {
  bars: ({ text, points }) =>
    bars({ title: text, categories: points.map(({ group }) => group), values: points.map(({ x }) => x), xTitle: text }),
  groupedBars: ({ text, points }) => {
    const values = points.map(({ x }) => x);
    const series = [0, 1].map(() => ({ name: text, values, low: values, high: points.map(({ y }) => y) }));
    return groupedBars({ title: text, categories: points.map(({ group }) => group), series, xTitle: text });
  },
  forest: ({ text, points }) => {
    const values = points.map(({ x }) => x);
    const series = [0, 1].map(() => ({ name: text, values, low: points.map(({ y }) => y), high: values }));
    return forest({ title: text, rows: points.map(({ group }) => group), series, xTitle: text });
  },
  confusion: ({ text, points }) =>
    confusion({
      title: text,
      rows: points.map(({ group }) => group),
      columns: [text, text],
      counts: points.map(({ x, y }) => [x, y]),
      rowTitle: text,
      columnTitle: text,
    }),
  histogram: ({ text, points }) => histogram({ title: text, values: points.map(({ x }) => x), xTitle: text }),
  lines: ({ text, points, logarithmic }) => {
    const series = [0, 1].map(() => ({ name: text, points: points.map(({ x, y }) => ({ x, y, low: y, high: x })) }));
    return lines({ title: text, series, xTitle: text, yTitle: text, logarithmic });
  },
  scatter: ({ text, points, logarithmic }) =>
    scatter({ title: text, points, xTitle: text, yTitle: text, logarithmic, diagonal: true }),
};
