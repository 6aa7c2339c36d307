import type { LinePoint } from "@vsi/report";

/** 100 points are as many as a reader tells apart in a figure; single steps of GRPO are noise, windows can be compared. */
export const MOST_WINDOWS = 100;

/**
 * A curve thinned to the means of equal windows of steps, with the lowest and the highest value of each as `low` and
 * `high`. A curve of few points stays as it is. Values that are not finite are left to the chart, which says how many.
 *
 * @param points in the order of x.
 */
export function windowMeans(points: readonly { x: number; y: number }[], most: number = MOST_WINDOWS): LinePoint[] {
  if (points.length <= most) return [...points];
  const size = Math.ceil(points.length / most);
  const means: LinePoint[] = [];
  for (let start = 0; start < points.length; start += size) {
    const window = points.slice(start, start + size);
    const finite = window.filter(({ y }) => Number.isFinite(y));
    if (finite.length === 0) {
      means.push(window[0]!);
      continue;
    }
    const values = finite.map(({ y }) => y);
    means.push({
      x: mean(finite.map(({ x }) => x)),
      y: mean(values),
      low: Math.min(...values),
      high: Math.max(...values),
    });
  }
  return means;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
