/**
 * Cells as the lengths of their runs, divided by spaces: the first run is of cells that are not walkable (0 when there
 * is none), then walkable and not walkable take turns. A room takes one or two kilobytes of JSON.
 *
 * @param cells 1 for a walkable cell, 0 for any other; row by row.
 */
export function writeCellRuns(cells: Uint8Array): string {
  const runs: number[] = [];
  let start = 0;
  let value = 0;
  for (let cell = 0; cell < cells.length; cell += 1) {
    if (cells[cell] === value) continue;
    runs.push(cell - start);
    start = cell;
    value = 1 - value;
  }
  return [...runs, cells.length - start].join(" ");
}

/**
 * The cells that writeCellRuns wrote: 1 for a walkable cell, 0 for any other.
 *
 * @returns null when `runs` is no list of whole numbers, or gives another number of cells than `count`.
 */
export function readCellRuns(runs: string, count: number): Uint8Array | null {
  if (!/^\d+( \d+)*$/.test(runs)) return null;
  const cells = new Uint8Array(count);
  let cell = 0;
  for (const [index, length] of runs.split(" ").map(Number).entries()) {
    if (cell + length > count) return null;
    cells.fill(index % 2, cell, cell + length);
    cell += length;
  }
  return cell === count ? cells : null;
}
