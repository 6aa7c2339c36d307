import type { WalkableGrid } from "@vsi/dataset";
import { checkArguments, checkOptions, POSITIONS } from "@vsi/dataset/internal";
import { roundLength } from "../rounding.ts";
import { take } from "../scanMemory.ts";
import { valueOfRank } from "../vertices.ts";
import { writeCellRuns } from "./cellRuns.ts";

/** What counts as floor that one can walk on; all lengths in metres. */
export interface WalkableOptions {
  /** Side of a cell, metres; above 0. Default: 0.05. */
  cell_m: number;
  /** Metres: how far from a floor vertex a cell's centre may be. Default: 0.1. */
  floorReach_m: number;
  /** Metres above the floor: what ends below is stepped over, and counts as floor. Default: 0.1. */
  stepHeight_m: number;
  /** Metres above the floor: what begins higher is walked under. Default: 1.8. */
  headHeight_m: number;
}

/** What walkableGrid takes unless told otherwise; ScanNet has no rule for it, the numbers are those of its rooms. */
export const WALKABLE_DEFAULTS: WalkableOptions = {
  // A doorway leaves 0.75 m clear inside its frame; cells of 0.1 m would take up to 0.2 m of that away.
  cell_m: 0.05,
  // Floor vertices are up to 0.1 m apart: more than half the diagonal between four, and thinner than a wall from both
  // sides.
  floorReach_m: 0.1,
  // Rugs, door sills and the floor's own noise.
  stepHeight_m: 0.1,
  // Door lintels hang at 2 m; shelves and cupboards at head height are lower.
  headHeight_m: 1.8,
};

/**
 * The vertices' height below which 2 % of them lie counts as the floor's: a floor holds a tenth or more of a scan's
 * vertices, and stray ones below it (mirrors, reflections) are rarer.
 */
const FLOOR_PERCENTILE = 0.02;

/**
 * As many cells as 50 m by 50 m have; stops a grid that takes seconds to walk through when vertices are strewn about.
 */
export const MOST_WALKABLE_CELLS = 1_000_000;

/** A thousand cells to a metre: facts with finer ones are forged, and a body's width in them would never be walked. */
export const LEAST_WALKABLE_CELL_M = 0.001;

/**
 * Where one could stand: cells near a floor vertex in whose column no vertex lies between step and head height.
 * The body's width is not yet taken off, so that readers may choose it. What was not scanned is not walkable.
 *
 * @param positions x, y, z of each vertex in a row; metres, axis-aligned, +Z up; finite.
 * @returns null without vertices, or when they are strewn over more than a million cells.
 *
 * @example
 * ```js
 * import { walkableGrid } from "@vsi/geometry";
 * import { readMeshPositions } from "@vsi/geometry/node";
 *
 * // Aligned already: sample rooms are; a scan's own mesh first goes through its axisAlignment.
 * const positions = await readMeshPositions("raw/scans/scene9000_00/scene9000_00_vh_clean_2.ply");
 * const grid = walkableGrid(positions, { cell_m: 0.1 });
 * console.log(`${grid.columns} by ${grid.rows} cells`); // 69 by 49 cells
 * ```
 */
export function walkableGrid(
  positions: ArrayLike<number>,
  options: Partial<WalkableOptions> = {},
): WalkableGrid | null {
  checkArguments("walkableGrid", { positions: [positions, POSITIONS] });
  checkOptions(options, WALKABLE_DEFAULTS, "walkableGrid");
  const settings = { ...WALKABLE_DEFAULTS, ...options };
  const frame = frameAround(positions, settings.cell_m);
  if (frame === null) return null;
  const { floor, obstacles } = sortVertices(positions, frame, floorHeight(positions), settings);
  const walkable = nearCells(floor, frame, settings.floorReach_m);
  for (let cell = 0; cell < walkable.length; cell += 1) {
    if (obstacles[cell] === 1) walkable[cell] = 0;
  }
  return { ...frame, cells: writeCellRuns(walkable) };
}

type GridFrame = Omit<WalkableGrid, "cells">;

function frameAround(positions: ArrayLike<number>, cell_m: number): GridFrame | null {
  const [columns, rows] = [0, 1].map((axis) => {
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let offset = axis; offset < positions.length; offset += 3) {
      const cell = Math.floor(positions[offset] / cell_m);
      if (cell < first) first = cell;
      if (cell > last) last = cell;
    }
    return { first, count: last - first + 1 };
  });
  // Written this way, no vertices (-Infinity) fail too.
  if (!(columns.count >= 1 && columns.count * rows.count <= MOST_WALKABLE_CELLS)) return null;
  return {
    origin: [roundLength(columns.first * cell_m), roundLength(rows.first * cell_m)],
    cell_m,
    columns: columns.count,
    rows: rows.count,
  };
}

function floorHeight(positions: ArrayLike<number>): number {
  const heights = take(Float64Array, Math.floor(positions.length / 3));
  for (let vertex = 0; vertex < heights.length; vertex += 1) heights[vertex] = positions[3 * vertex + 2];
  return valueOfRank(heights, Math.floor(FLOOR_PERCENTILE * heights.length));
}

/** 1 for the cells that hold a floor vertex, and 1 for those that hold a vertex in the way. */
function sortVertices(positions: ArrayLike<number>, frame: GridFrame, height: number, options: WalkableOptions) {
  const floor = new Uint8Array(frame.columns * frame.rows);
  const obstacles = new Uint8Array(floor.length);
  const within = (cell: number, count: number) => Math.min(Math.max(cell, 0), count - 1);
  for (let offset = 0; offset + 2 < positions.length; offset += 3) {
    // Clamped: a vertex on the origin's edge may fall below it by rounding.
    const column = within(Math.floor((positions[offset] - frame.origin[0]) / frame.cell_m), frame.columns);
    const row = within(Math.floor((positions[offset + 1] - frame.origin[1]) / frame.cell_m), frame.rows);
    const above = positions[offset + 2] - height;
    if (Math.abs(above) <= options.stepHeight_m) floor[row * frame.columns + column] = 1;
    else if (above > 0 && above < options.headHeight_m) obstacles[row * frame.columns + column] = 1;
  }
  return { floor, obstacles };
}

/** 1 for each cell whose centre is within the reach of a marked one's. */
function nearCells(marked: Uint8Array, { columns, rows, cell_m }: GridFrame, reach_m: number): Uint8Array {
  const near = new Uint8Array(marked.length);
  const reach = Math.floor(reach_m / cell_m + 1e-9);
  for (let cell = 0; cell < marked.length; cell += 1) {
    if (marked[cell] === 0) continue;
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    for (let y = Math.max(0, row - reach); y <= Math.min(rows - 1, row + reach); y += 1) {
      for (let x = Math.max(0, column - reach); x <= Math.min(columns - 1, column + reach); x += 1) {
        if ((x - column) ** 2 + (y - row) ** 2 <= reach ** 2) near[y * columns + x] = 1;
      }
    }
  }
  return near;
}
