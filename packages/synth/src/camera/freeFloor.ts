import type { FloorPlan, FloorPoint } from "../floorPlan/floorPlan.ts";
import { polygonContains } from "../floorPlan/polygonContains.ts";
import type { Footprint } from "../furniture/footprint.ts";
import { footprintsOverlap } from "../furniture/footprintsOverlap.ts";

/** Where a camera may be. Metres, axis-aligned frame. */
export interface FreeFloor {
  /** Whether a point is inside the outline and at least the clearance away from every obstacle. */
  isFree: (point: FloorPoint) => boolean;
  /** The free points of a square grid, `gridStep` apart, row after row. */
  points: FloorPoint[];
  /** For each point, the positions in `points` of its free neighbours, diagonal ones too. */
  neighbours: number[][];
}

/** 0.1 m: the narrowest passage, a doorway of 0.75 m between its posts less twice the camera's clearance, is 0.25 m wide. */
const gridStep = 0.1;

/** The floor that is `clearance` metres or more away from the obstacles. */
export function freeFloor(
  { outline }: Pick<FloorPlan, "outline">,
  obstacles: readonly Footprint[],
  clearance: number,
): FreeFloor {
  const isFree = (center: FloorPoint): boolean =>
    polygonContains(outline, center) &&
    !obstacles.some((obstacle) => footprintsOverlap({ center, width: 0, depth: 0, yaw: 0 }, obstacle, clearance));
  const [left, right] = range(outline.map(([x]) => x));
  const [bottom, top] = range(outline.map(([, y]) => y));
  const columns = Math.floor((right - left) / gridStep) + 1;
  const rows = Math.floor((top - bottom) / gridStep) + 1;
  const points: FloorPoint[] = [];
  const pointOfCell = new Int32Array(columns * rows).fill(-1);
  for (let cell = 0; cell < pointOfCell.length; cell++) {
    const point: FloorPoint = [left + (cell % columns) * gridStep, bottom + Math.floor(cell / columns) * gridStep];
    if (!isFree(point)) continue;
    pointOfCell[cell] = points.length;
    points.push(point);
  }
  const neighbours: number[][] = points.map(() => []);
  pointOfCell.forEach((point, cell) => {
    if (point < 0) return;
    const [column, row] = [cell % columns, Math.floor(cell / columns)];
    for (let otherRow = Math.max(0, row - 1); otherRow <= Math.min(rows - 1, row + 1); otherRow++) {
      for (let other = Math.max(0, column - 1); other <= Math.min(columns - 1, column + 1); other++) {
        const neighbour = pointOfCell[otherRow * columns + other];
        if (neighbour >= 0 && neighbour !== point) neighbours[point].push(neighbour);
      }
    }
  });
  return { isFree, points, neighbours };
}

function range(values: readonly number[]): [least: number, most: number] {
  return [Math.min(...values), Math.max(...values)];
}
