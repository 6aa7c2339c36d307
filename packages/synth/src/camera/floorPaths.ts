import { at } from "@vsi/dataset/internal";
import { type FloorPlan, type FloorPoint, polygonContains } from "../floorPlan.ts";
import { type Footprint, footprintsOverlap } from "../furniture/footprints.ts";

/** Where a camera may be. Metres, axis-aligned frame. */
interface FreeFloor {
  /** Whether a point is inside the outline and at least the clearance away from every obstacle. */
  isFree: (point: FloorPoint) => boolean;
  /** The free points of a square grid, `GRID_STEP` apart, row after row. */
  points: FloorPoint[];
  /** For each point, the positions in `points` of its free neighbours, diagonal ones too. */
  neighbours: number[][];
}

/**
 * 0.1 m: the narrowest passage, a doorway of 0.75 m between its posts less twice the camera's clearance, is 0.25 m
 * wide.
 */
const GRID_STEP = 0.1;

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
  const columns = Math.floor((right - left) / GRID_STEP) + 1;
  const rows = Math.floor((top - bottom) / GRID_STEP) + 1;
  const points: FloorPoint[] = [];
  const pointOfCell = new Int32Array(columns * rows).fill(-1);
  for (let cell = 0; cell < pointOfCell.length; cell += 1) {
    const point: FloorPoint = [left + (cell % columns) * GRID_STEP, bottom + Math.floor(cell / columns) * GRID_STEP];
    if (!isFree(point)) continue;
    pointOfCell[cell] = points.length;
    points.push(point);
  }
  const neighbours: number[][] = points.map(() => []);
  pointOfCell.forEach((point, cell) => {
    if (point < 0) return;
    const [column, row] = [cell % columns, Math.floor(cell / columns)];
    for (let otherRow = Math.max(0, row - 1); otherRow <= Math.min(rows - 1, row + 1); otherRow += 1) {
      for (let other = Math.max(0, column - 1); other <= Math.min(columns - 1, column + 1); other += 1) {
        const neighbour = at(pointOfCell, otherRow * columns + other);
        if (neighbour >= 0 && neighbour !== point) at(neighbours, point).push(neighbour);
      }
    }
  });
  return { isFree, points, neighbours };
}

function range(values: readonly number[]): [least: number, most: number] {
  return [Math.min(...values), Math.max(...values)];
}

/**
 * The positions in `floor.points` of the largest part of the floor in which every point can be reached from every
 * other; in order.
 */
export function largestArea(floor: Pick<FreeFloor, "neighbours">): number[] {
  let largest: number[] = [];
  const seen = new Uint8Array(floor.neighbours.length);
  for (let start = 0; start < seen.length; start += 1) {
    if (seen[start] === 1) continue;
    const area: number[] = [];
    stepsFrom(floor, start).forEach((steps, point) => {
      if (steps < 0) return;
      seen[point] = 1;
      area.push(point);
    });
    if (area.length > largest.length) largest = area;
  }
  return largest;
}

/** Breadth-first search: how many steps each point of the floor is from `start`; -1 where no way leads. */
export function stepsFrom({ neighbours }: Pick<FreeFloor, "neighbours">, start: number): Int32Array {
  const steps = new Int32Array(neighbours.length).fill(-1);
  const queue = [start];
  steps[start] = 0;
  for (const point of queue) {
    for (const neighbour of at(neighbours, point)) {
      if (at(steps, neighbour) >= 0) continue;
      steps[neighbour] = at(steps, point) + 1;
      queue.push(neighbour);
    }
  }
  return steps;
}

/**
 * A shortest path between two points that lie about as far apart as any: from the point farthest from `start` to the
 * one farthest from that. With two rooms it goes through the doorway.
 * @param start a position in `floor.points`; the path stays in the part of the floor that can be reached from it.
 */
export function longestPath(floor: FreeFloor, start: number): FloorPoint[] {
  const steps = stepsFrom(floor, farthest(stepsFrom(floor, start)));
  let point = farthest(steps);
  const path = [at(floor.points, point)];
  for (let left = at(steps, point); left > 0; left -= 1) {
    const nearer = at(floor.neighbours, point).filter((neighbour) => steps[neighbour] === left - 1);
    point = at(nearer, 0);
    path.push(at(floor.points, point));
  }
  return path;
}

function farthest(steps: Int32Array): number {
  return steps.indexOf(steps.reduce((most, count) => Math.max(most, count), 0));
}

/** `count` points at equal distances along a path, from its first point to its last; one point is the first. */
export function pointsAlong(path: readonly FloorPoint[], count: number): FloorPoint[] {
  const walked = [0];
  let length = 0;
  for (const [i, [x, y]] of path.slice(1).entries()) {
    const [beforeX, beforeY] = at(path, i);
    length += Math.hypot(x - beforeX, y - beforeY);
    walked.push(length);
  }
  let leg = 0;
  return Array.from({ length: count }, (_, i): FloorPoint => {
    const target = count === 1 ? 0 : (length * i) / (count - 1);
    while (leg < path.length - 2 && at(walked, leg + 1) < target) leg += 1;
    const from = at(path, leg);
    if (path.length === 1) return from;
    const to = at(path, leg + 1);
    const legStart = at(walked, leg);
    const legLength = at(walked, leg + 1) - legStart;
    if (!(legLength > 0)) return from;
    const part = (target - legStart) / legLength;
    return [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
  });
}

/** 60: after that many rounds corners of a path on a 10 cm grid are rounded over about a metre. */
const ROUNDS = 60;

/** Moves each point between its neighbours, again and again, wherever that leaves it free; both ends stay. */
export function smoothPath(path: readonly FloorPoint[], isFree: (point: FloorPoint) => boolean): FloorPoint[] {
  const smoothed = [...path];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let i = 1; i < smoothed.length - 1; i += 1) {
      const [before, after] = [at(smoothed, i - 1), at(smoothed, i + 1)];
      const between: FloorPoint = [(before[0] + after[0]) / 2, (before[1] + after[1]) / 2];
      if (isFree(between)) smoothed[i] = between;
    }
  }
  return smoothed;
}
