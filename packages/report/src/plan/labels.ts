import type { PlanPoint } from "@vsi/dataset/internal";

/** What a label names, and how large the label is; all in pixels, +Y down. */
export interface LabelRequest {
  text: string;
  width: number;
  height: number;
  /** The corners of what is named, or its one point. */
  named: readonly PlanPoint[];
}

/** Where a label stands: its box, and a line to what it names when it stands away from it. */
export interface PlacedLabel extends Box {
  text: string;
  leader: readonly [PlanPoint, PlanPoint] | null;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What labels must not cover, and what they had better not. */
export interface Obstacles {
  width: number;
  height: number;
  /** Outlines of what is asked about. */
  shapes: readonly (readonly PlanPoint[])[];
  lines: readonly (readonly [PlanPoint, PlanPoint])[];
  /** Bounds of drawn points. */
  points: readonly (readonly PlanPoint[])[];
  /** Outlines of the other furniture, and walls: covered where there is no better place. */
  better: readonly (readonly PlanPoint[])[];
}

/** Pixels between a label and what it names, between labels, and from one tried distance to the next. */
const GAP = 5;
const STEP = 14;

/** Distances tried. */
const STEPS = 16;

/** Directions tried: first above, below and beside. */
const DIRECTIONS: readonly PlanPoint[] = [0, 8, 4, 12, 2, 6, 10, 14, 1, 3, 5, 7, 9, 11, 13, 15].map((sixteenth) => {
  const angle = (sixteenth / 16) * 2 * Math.PI;
  return [Math.sin(angle), -Math.cos(angle)];
});

/** A label further away than this has a line to what it names. */
const FARTHEST_WITHOUT_LEADER = GAP + STEP / 2;

/** What a place costs: standing on other furniture or a wall is worth a few pixels of distance, all else is to be avoided. */
const COVERED = 10_000;
const OUTSIDE = 1_000_000;
const CROSSED = 1_000;
const ON_FURNITURE = 30;

/**
 * Places labels one after the other, each as close to what it names as there is room: outside of what is asked about, off
 * lines, points and the labels before. Where the picture is too full, where it covers least.
 */
export function placeLabels(requests: readonly LabelRequest[], obstacles: Obstacles): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  for (const request of requests) {
    let best: { cost: number; label: PlacedLabel } | null = null;
    for (let step = 0; step < STEPS; step += 1) {
      for (const direction of DIRECTIONS) {
        const label = labelAt(request, direction, GAP + step * STEP);
        const cost = costOf(label, obstacles, placed) + step * STEP;
        if (best === null || cost < best.cost) best = { cost, label };
      }
      // Farther places cost more.
      if (best !== null && best.cost <= (step + 1) * STEP) break;
    }
    if (best !== null) placed.push(best.label);
  }
  return placed;
}

/** The label on one side of what it names, at this distance from its bounds. */
function labelAt({ text, width, height, named }: LabelRequest, [x, y]: PlanPoint, distance: number): PlacedLabel {
  const bounds = boundsOf(named);
  const middle = [(bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2] as const;
  const half = [(bounds.right - bounds.left + width) / 2, (bounds.bottom - bounds.top + height) / 2] as const;
  // From the middle out until the label's box has left the bounds.
  const out = Math.min(Math.abs(half[0] / (x || 1e-9)), Math.abs(half[1] / (y || 1e-9))) + distance;
  const [centerX, centerY] = [middle[0] + x * out, middle[1] + y * out];
  const box = {
    left: centerX - width / 2,
    right: centerX + width / 2,
    top: centerY - height / 2,
    bottom: centerY + height / 2,
  };
  const leader =
    distance <= FARTHEST_WITHOUT_LEADER
      ? null
      : ([nearestIn(box, middle), nearestIn(bounds, [centerX, centerY])] as const);
  return { ...box, text, leader };
}

function costOf(label: PlacedLabel, obstacles: Obstacles, placed: readonly PlacedLabel[]): number {
  const { width, height, shapes, lines, points, better } = obstacles;
  const isInside = label.left >= 2 && label.top >= 2 && label.right <= width - 2 && label.bottom <= height - 2;
  const others = placed.filter((other) => overlaps(label, other));
  const own = label.leader;
  const crossed = placed.filter(
    (other) => (other.leader !== null && crosses(label, other.leader)) || (own !== null && crosses(other, own)),
  );
  const covered = [
    ...others,
    ...points.filter((point) => overlaps(label, boundsOf(point))),
    ...shapes.filter((shape) => covers(label, shape)),
    ...lines.filter((line) => crosses(label, line)),
  ].length;
  const onFurniture = better.filter((shape) => covers(label, shape)).length;
  return (isInside ? 0 : OUTSIDE) + covered * COVERED + crossed.length * CROSSED + onFurniture * ON_FURNITURE;
}

function boundsOf(points: readonly PlanPoint[]): Box {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/** The point of a box that is nearest to another. */
function nearestIn({ left, right, top, bottom }: Box, [x, y]: PlanPoint): PlanPoint {
  return [Math.min(Math.max(x, left), right), Math.min(Math.max(y, top), bottom)];
}

export function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Whether a convex outline and a box have a point in common. */
export function covers(box: Box, shape: readonly PlanPoint[]): boolean {
  if (shape.length === 0) return false;
  const corners = cornersOf(box);
  // Two convex shapes are apart if and only if a side of one of them is a line between them (separating axis theorem).
  return [...sidesOf(shape), ...sidesOf(corners)].every(([[ax, ay], [bx, by]]) => {
    const along = ([x, y]: PlanPoint) => (x - ax) * (ay - by) + (y - ay) * (bx - ax);
    const one = shape.map(along);
    const other = corners.map(along);
    return Math.max(...one) > Math.min(...other) && Math.max(...other) > Math.min(...one);
  });
}

/** Whether a line passes through a box: the sides of a shape of two corners and the box's separate them. */
export function crosses(box: Box, line: readonly [PlanPoint, PlanPoint]): boolean {
  return covers(box, line);
}

function cornersOf({ left, right, top, bottom }: Box): PlanPoint[] {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}

function sidesOf(shape: readonly PlanPoint[]): [PlanPoint, PlanPoint][] {
  return shape.flatMap((corner, index): [PlanPoint, PlanPoint][] => {
    const next = shape[(index + 1) % shape.length];
    return next === undefined || next === corner ? [] : [[corner, next]];
  });
}
