import type { OrientedBox } from "@vsi/geometry";

/** [x, y] on the floor plane, metres, axis-aligned. */
export type FloorPoint = readonly [number, number];

/**
 * What a box covers seen from above: the convex hull of its eight corners, counter-clockwise (Andrew's monotone chain).
 * Two points or one for a box without a width.
 */
export function footprint({ center, size, axes }: OrientedBox): FloorPoint[] {
  const signs = [-0.5, 0.5];
  const corners = signs.flatMap((a) =>
    signs.flatMap((b) =>
      signs.map((c): FloorPoint => {
        const along = (plane: 0 | 1) =>
          center[plane] + a * size[0] * axes[0][plane] + b * size[1] * axes[1][plane] + c * size[2] * axes[2][plane];
        return [along(0), along(1)];
      }),
    ),
  );
  const sorted = corners.sort(([ax, ay], [bx, by]) => ax - bx || ay - by);
  return [...halfHull(sorted), ...halfHull(sorted.toReversed())];
}

/** Square metres; corners of upright boxes stand twice, apart by the noise of sums. */
const NO_AREA = 1e-9;

function halfHull(points: readonly FloorPoint[]): FloorPoint[] {
  const hull: FloorPoint[] = [];
  for (const point of points) {
    while (hull.length >= 2 && area(hull.at(-2)!, hull.at(-1)!, point) <= NO_AREA) hull.pop();
    hull.push(point);
  }
  return hull.slice(0, -1);
}

function area([ax, ay]: FloorPoint, [bx, by]: FloorPoint, [cx, cy]: FloorPoint): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}
