/** A point on the floor, or above it: x and y count. */
type FloorPoint = readonly [number, number, ...number[]];

/** Degrees from the x axis, counter-clockwise. */
function bearing(from: FloorPoint, to: FloorPoint): number {
  return (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI;
}

/**
 * By how much someone at `at` who faces `facing` turns to face `wanted`: the difference of two bearings, over -180 to
 * 180 degrees, left (counter-clockwise) positive.
 */
export function turnAngle(at: FloorPoint, facing: FloorPoint, wanted: FloorPoint): number {
  const turn = bearing(at, wanted) - bearing(at, facing);
  return turn > 180 ? turn - 360 : turn <= -180 ? turn + 360 : turn;
}

/** Degrees from a turn to the nearest of the edges, which lie at the same angles on both sides. */
export function marginTo(angle: number, edges: readonly number[]): number {
  return Math.min(...edges.map((edge) => Math.abs(Math.abs(angle) - edge)));
}
