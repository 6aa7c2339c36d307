import type { OrientedBox, SceneObject, WalkableGrid } from "@vsi/geometry";
import { readCellRuns } from "@vsi/geometry/internal";

/** In cells, rounded up: squared, Math.SQRT2 may come out above or below 2. */
const DIAGONAL = 1.4143;

/** A point on the floor: [x, y] in metres, axis-aligned. */
export type FloorPoint = [number, number];

/** The floor of a scene as a body of some width can use it. Cells row by row, as in WalkableGrid. */
export interface FreeFloor extends Omit<WalkableGrid, "cells"> {
  /** 1 where the body's middle may be; all such cells can be reached from each other. */
  standable: Uint8Array;
  /** 1 where a wall, furniture or floor that was not scanned is, or may be in the next cell. */
  closed: Uint8Array;
}

/**
 * Takes the body's width off a walkable grid. A vertex may lie anywhere in its cell and a body anywhere in another:
 * with centres the radius and a cell's diagonal apart, at least the radius is left between the two. Of the floor's
 * parts that are not joined, only the largest is kept: others are too small to turn in (the inside of a refrigerator)
 * or out of reach.
 *
 * @param grid its cells must be readable (validateFacts has checked them).
 * @throws RangeError when they are not.
 */
export function freeFloorOf({ cells, ...frame }: WalkableGrid, bodyRadius_m: number): FreeFloor {
  const walkable = readCellRuns(cells, frame.columns * frame.rows);
  if (walkable === null) throw new RangeError("the walkable grid's cells can't be read: validateFacts comes first");
  const reach = bodyRadius_m / frame.cell_m + DIAGONAL;
  const tooNear = nearBlocked(walkable, frame, reach);
  return {
    ...frame,
    standable: largestPart(tooNear, frame),
    // The diagonal neighbours too: a wall's vertices may be farther apart than cells.
    closed: nearBlocked(walkable, frame, DIAGONAL),
  };
}

/** The index of the cell that a point lies in; -1 outside the grid. */
export function cellAt({ origin, cell_m, columns, rows }: FreeFloor, [x, y]: FloorPoint): number {
  const column = Math.floor((x - origin[0]) / cell_m);
  const row = Math.floor((y - origin[1]) / cell_m);
  return column >= 0 && column < columns && row >= 0 && row < rows ? row * columns + column : -1;
}

/** The middle of a cell, to the micrometre, so that JSON shows what it is. */
export function cellCentre({ origin, cell_m, columns }: FreeFloor, cell: number): FloorPoint {
  const along = (start: number, index: number) => Math.round((start + (index + 0.5) * cell_m) * 1e6) / 1e6;
  return [along(origin[0], cell % columns), along(origin[1], Math.floor(cell / columns))];
}

type Frame = Pick<WalkableGrid, "columns" | "rows">;

/**
 * 1 for each cell whose centre is at most `reach` cells from that of one that is not walkable, or from the grid's end.
 */
function nearBlocked(walkable: Uint8Array, { columns, rows }: Frame, reach: number): Uint8Array {
  const near = new Uint8Array(walkable.length);
  const whole = Math.floor(reach);
  const squaredReach = reach ** 2;
  // With two rings of blocked cells around the grid: the inner one reaches into it, the outer one is its neighbour.
  const wide = columns + 4;
  const blocked = new Uint8Array(wide * (rows + 4)).fill(1);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (walkable[row * columns + column] === 1) {
        blocked[(row + 2) * wide + column + 2] = 0;
      }
    }
  }
  for (let row = -1; row <= rows; row += 1) {
    for (let column = -1; column <= columns; column += 1) {
      const cell = (row + 2) * wide + column + 2;
      if (blocked[cell] === 0) {
        continue;
      }
      // Blocked cells amid blocked ones reach nothing that those around them do not reach.
      const isInner =
        blocked[cell - 1] === 1 && blocked[cell + 1] === 1 && blocked[cell - wide] === 1 && blocked[cell + wide] === 1;
      const span = isInner ? 0 : whole;
      for (let y = Math.max(0, row - span); y <= Math.min(rows - 1, row + span); y += 1) {
        for (let x = Math.max(0, column - span); x <= Math.min(columns - 1, column + span); x += 1) {
          if ((x - column) ** 2 + (y - row) ** 2 <= squaredReach) {
            near[y * columns + x] = 1;
          }
        }
      }
    }
  }
  return near;
}

/**
 * 1 for the cells of the largest part of the cells that are 0 in `taken`, joined over their sides; of equal ones the
 * first.
 */
function largestPart(taken: Uint8Array, { columns, rows }: Frame): Uint8Array {
  const seen = Uint8Array.from(taken);
  let largest: number[] = [];
  for (let start = 0; start < seen.length; start += 1) {
    if (seen[start] === 1) {
      continue;
    }
    const part = [start];
    seen[start] = 1;
    const visit = (cell: number, exists: boolean) => {
      if (exists && seen[cell] === 0) {
        seen[cell] = 1;
        part.push(cell);
      }
    };
    // The list grows during the loop.
    for (const cell of part) {
      visit(cell - 1, cell % columns > 0);
      visit(cell + 1, cell % columns < columns - 1);
      visit(cell - columns, cell >= columns);
      visit(cell + columns, cell < columns * (rows - 1));
    }
    if (part.length > largest.length) {
      largest = part;
    }
  }
  const cells = new Uint8Array(seen.length);
  for (const cell of largest) {
    cells[cell] = 1;
  }
  return cells;
}

/** 16: every 22.5 degrees, so that from wherever one comes a point lies near the line to the object's middle. */
const DIRECTIONS = 16;

/**
 * Where one stands at an object: in each of 16 directions from its middle the first cell that a body fits in, where
 * that is within reach of the object. A point behind a wall is none: between it and the object there may only be free
 * floor and furniture (the desk under a monitor).
 *
 * @param furniture the objects with a box that tells where they are; walls have none.
 * @param reach_m metres from the body's middle to the object's box on the floor plane.
 */
export function standingPoints(
  object: SceneObject,
  floor: FreeFloor,
  furniture: readonly SceneObject[],
  reach_m: number,
): FloorPoint[] {
  const { center, size } = object.box;
  const farthest = Math.hypot(...size) / 2 + reach_m;
  // A box ends at its vertices, and `closed` cells lie around these.
  const margin = 2 * floor.cell_m;
  const isFurniture = (point: FloorPoint) => furniture.some(({ box }) => isWithin(box, point, margin));

  const cells = new Set<number>();
  for (let direction = 0; direction < DIRECTIONS; direction += 1) {
    const angle = (2 * Math.PI * direction) / DIRECTIONS;
    const [alongX, alongY] = [Math.cos(angle), Math.sin(angle)];
    for (let way = 0; way <= farthest; way += floor.cell_m / 2) {
      const point: FloorPoint = [center[0] + way * alongX, center[1] + way * alongY];
      const cell = cellAt(floor, point);
      if (floor.standable[cell] === 1) {
        if (footprintDistance(object.box, cellCentre(floor, cell)) <= reach_m) {
          cells.add(cell);
        }
        break;
      }
      if (floor.closed[cell] !== 0 && !isFurniture(point)) {
        break;
      }
    }
  }
  return Array.from(cells, (cell) => cellCentre(floor, cell));
}

/**
 * Metres on the floor plane from a point to an object's box, 0 over it. Exact for upright boxes; of a tilted one, the
 * section at the height of its centre counts.
 */
export function footprintDistance(box: OrientedBox, point: FloorPoint): number {
  return Math.hypot(outsideAlong(box, 0, point), outsideAlong(box, 1, point), outsideAlong(box, 2, point));
}

/** Whether `footprintDistance` is at most `most_m`: most boxes are too far along one axis alone. */
function isWithin(box: OrientedBox, point: FloorPoint, most_m: number): boolean {
  return (
    outsideAlong(box, 0, point) <= most_m &&
    outsideAlong(box, 1, point) <= most_m &&
    footprintDistance(box, point) <= most_m
  );
}

/** Metres beyond the box's end along one of its axes. */
function outsideAlong({ center, size, axes }: OrientedBox, index: 0 | 1 | 2, [x, y]: FloorPoint): number {
  const axis = axes[index];
  const along = axis[0] * (x - center[0]) + axis[1] * (y - center[1]);
  return Math.max(Math.abs(along) - size[index] / 2, 0);
}
