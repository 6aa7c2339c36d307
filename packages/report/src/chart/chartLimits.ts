/** What a chart shows at most; the rest is merged or thinned, and the chart's subtitle says so. */
export const CHART_LIMITS = {
  /** Groups along an axis: 20 groups of nine bars, 4 px each, fit a page's width. */
  groups: 20,
  /** Horizontal bars: 40 fill a screen's height. */
  bars: 40,
  /** Rows and columns of a confusion matrix each: 20 fit a page's width. */
  cells: 20,
  /** Series and groups with a colour of their own: as many as the palette has. */
  series: 9,
  /** Points of a scatter plot: about 600 kB of SVG; more hide each other. */
  points: 3_000,
  /** Points of one line: more than the chart is wide in pixels. */
  linePoints: 1_000,
  /** Characters of a title: one line of the chart's width. */
  titleCharacters: 80,
  /** Characters of a label beside a bar, below a group or in a legend. */
  labelCharacters: 32,
} as const;
