import type { AxisAlignedBox } from "@vsi/dataset";
import { take, trim } from "../scanMemory.ts";
import { axisAlignedBox } from "../vertices.ts";

/** Rings of occupied cells kept beside every unoccupied one; the argument below needs more than 2 * sqrt(2). */
const BELT_CELLS = 3;

/**
 * The vertices farthest toward +x, +y, -x and -y stand for all of a quarter cell. Tilted by this much, like a pinwheel,
 * so that of vertices in line with a wall each direction takes another end, and a room's corners stay.
 */
const TILT = 1e-3;

/** Cells row by row, with a margin as wide as the belt, so that every neighbour asked for exists. */
interface FloorGrid {
  minX: number;
  minY: number;
  columns: number;
  rows: number;
  cellSize: number;
}

/**
 * Chooses the vertices that decide the alpha shape on the floor (holes filled), a tenth of a real scan's.
 *
 * With square cells of side c = radius / 2, a disc of the radius whose centre lies in a cell covers that cell, since
 * c * sqrt(2) < radius. Hence a disc that holds no vertex (the circumcircle of a rejected triangle, too) has its centre
 * in an unoccupied cell, and a vertex on the rim of such a disc is within the radius = 2 cells of one. First step: drop
 * the vertices of cells with no unoccupied cell among the 3 rings around. What this empties lies behind a belt of
 * occupied cells 3c wide. To get there from outside, two neighbouring rejected triangles would need their centres on
 * either side of the belt; all discs through the shared edge, centred between them, would be empty, and one of them, at
 * least 3c / 2 from the edge, would have a radius above c * sqrt(2) and cover an occupied cell. So the emptied part is
 * an enclosed hole, which the alpha shape fills: this step changes nothing (as measured on scene0000_00, too).
 *
 * Second step: of what is left, each quarter of a cell (radius / 4 = 5 cm) keeps its extreme vertices in x and y.
 * Measured on scene0000_00: the area changes by 0.004 %, where one vertex a cell of 2 cm (as many points) loses 0.06 %,
 * and one of 5 cm 1.2 %: any one vertex of a cell lies inward of the outermost on average.
 *
 * @param positions x, y, z of each vertex in a row; metres, axis-aligned, +Z up; finite, and not so far apart that a
 * grid of cells over all of them does not fit in memory.
 * @param radius the alpha shape's radius, metres.
 * @param bounds the vertices' axis-aligned box, where it is known already.
 * @returns x and y of the chosen vertices in a row.
 */
export function thinFloorPoints(
  positions: Float64Array,
  radius: number,
  bounds: AxisAlignedBox = axisAlignedBox(positions),
): Float64Array {
  if (positions.length === 0) return new Float64Array(0);
  const grid = gridAround(bounds, radius / 2);
  const { cells, occupied } = sortIntoCells(positions, grid);
  const { slots, slotCount } = numberBeltCells(occupied, grid);
  return pointsOf(positions, extremeVertices(positions, cells, slots, slotCount, grid));
}

function gridAround({ min, max }: AxisAlignedBox, cellSize: number): FloorGrid {
  const margin = BELT_CELLS * cellSize;
  const cellsAlong = (axis: 0 | 1) => Math.floor((max[axis] - min[axis]) / cellSize) + 2 + 2 * BELT_CELLS;
  return { minX: min[0] - margin, minY: min[1] - margin, columns: cellsAlong(0), rows: cellsAlong(1), cellSize };
}

/** The cell of each vertex, and 1 for each cell that has one. */
function sortIntoCells(positions: Float64Array, { minX, minY, columns, rows, cellSize }: FloorGrid) {
  const cells = take(Uint32Array, Math.floor(positions.length / 3));
  const occupied = take(Uint8Array, columns * rows).fill(0);
  for (let vertex = 0, offset = 0; vertex < cells.length; vertex += 1, offset += 3) {
    // "| 0" for Math.floor: both are above 0.
    const column = ((positions[offset] - minX) / cellSize) | 0;
    const row = ((positions[offset + 1] - minY) / cellSize) | 0;
    const cell = row * columns + column;
    cells[vertex] = cell;
    occupied[cell] = 1;
  }
  return { cells, occupied };
}

/** Numbers the occupied cells near an unoccupied one 1, 2, 3, ...; 0 stands for all other cells. */
function numberBeltCells(occupied: Uint8Array, { columns }: FloorGrid) {
  const slots = take(Uint32Array, occupied.length).fill(0);
  let slotCount = 0;
  for (let cell = 0; cell < occupied.length; cell += 1) {
    if (occupied[cell] === 1 && hasUnoccupiedNear(occupied, cell, columns)) slots[cell] = ++slotCount;
  }
  return { slots, slotCount };
}

function hasUnoccupiedNear(occupied: Uint8Array, cell: number, rowLength: number): boolean {
  for (let rows = -BELT_CELLS; rows <= BELT_CELLS; rows += 1) {
    for (let columns = -BELT_CELLS; columns <= BELT_CELLS; columns += 1) {
      if (occupied[cell + rows * rowLength + columns] === 0) return true;
    }
  }
  return false;
}

/** For each quarter of each belt cell its extreme vertex in each direction; -1 where the quarter is empty. */
function extremeVertices(
  positions: Float64Array,
  cells: Uint32Array,
  slots: Uint32Array,
  slotCount: number,
  { minX, minY, cellSize }: FloorGrid,
): Int32Array {
  const extremes = take(Int32Array, 16 * slotCount).fill(-1);
  const reaches = take(Float64Array, 16 * slotCount).fill(-Infinity);
  for (let vertex = 0; vertex < cells.length; vertex += 1) {
    const slot = slots[cells[vertex]];
    if (slot === 0) continue;
    const x = positions[3 * vertex];
    const y = positions[3 * vertex + 1];
    const rightHalf = ((2 * (x - minX)) / cellSize) & 1;
    const upperHalf = ((2 * (y - minY)) / cellSize) & 1;
    const base = 16 * (slot - 1) + 8 * upperHalf + 4 * rightHalf;
    const alongX = x + TILT * y;
    const alongY = y - TILT * x;
    keepFarthest(extremes, reaches, base, vertex, alongX);
    keepFarthest(extremes, reaches, base + 1, vertex, alongY);
    keepFarthest(extremes, reaches, base + 2, vertex, -alongX);
    keepFarthest(extremes, reaches, base + 3, vertex, -alongY);
  }
  return extremes;
}

function keepFarthest(extremes: Int32Array, reaches: Float64Array, place: number, vertex: number, reach: number): void {
  if (reach <= reaches[place]) return;
  reaches[place] = reach;
  extremes[place] = vertex;
}

/** x and y of the vertices in the order given, -1 and repetitions left out. */
function pointsOf(positions: Float64Array, vertices: Int32Array): Float64Array {
  const points = take(Float64Array, 2 * vertices.length);
  const isTaken = take(Uint8Array, Math.ceil(positions.length / 3)).fill(0);
  let length = 0;
  for (let place = 0; place < vertices.length; place += 1) {
    const vertex = vertices[place];
    if (vertex === -1 || isTaken[vertex] === 1) continue;
    isTaken[vertex] = 1;
    points[length++] = positions[3 * vertex];
    points[length++] = positions[3 * vertex + 1];
  }
  return trim(points, length);
}
