/** 32 steps a column: finer ones would only follow the noise of a few thousand questions. */
export const BINS = 32;

/** Rows that decide where the steps lie; more would only cost time to sort. */
const SAMPLED_ROWS = 4096;

/**
 * Values as the number of the step that they fall on, 0 to BINS - 1; each step holds about as many training rows.
 *
 * @param values row-major, rows x columns.
 * @param training the rows that decide where the steps lie.
 */
export function binColumns(values: Float32Array, columns: number, training: Int32Array): Uint8Array {
  const bins = new Uint8Array(values.length);
  const stride = Math.max(1, Math.floor(training.length / SAMPLED_ROWS));
  const sampled = training.filter((_, index) => index % stride === 0);
  for (let column = 0; column < columns; column++) {
    const sorted = Float32Array.from(sampled, (row) => values[row * columns + column]!).sort();
    const edges = new Set<number>();
    for (let bin = 1; bin < BINS; bin++) edges.add(sorted[Math.floor((bin * sorted.length) / BINS)]!);
    const ordered = Float32Array.from(edges).sort();
    for (let at = column; at < values.length; at += columns) bins[at] = stepOf(ordered, values[at]!);
  }
  return bins;
}

/** How many edges are at or below the value. */
function stepOf(edges: Float32Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
