import type { OrientedBox, SceneFacts, SceneObject } from "@vsi/dataset";
import { at, type Marks, type PlanPoint } from "@vsi/dataset/internal";

/** A room and what a question is about in it, seen from above. */
export interface Plan extends Marks {
  /** The room's outer boundaries; empty where the facts have none. */
  outline: readonly (readonly PlanPoint[])[];
  /** Objects; without a label those that the question is not about. */
  boxes: readonly { corners: readonly PlanPoint[]; label: string | null }[];
}

/** The room with its furniture: walls, floors and the like would cover it. */
export function furnished(
  { room, objects }: SceneFacts,
  labelOf: (object: SceneObject) => string | null,
): Pick<Plan, "outline" | "boxes"> {
  return {
    outline: room.outline ?? [],
    boxes: objects
      .filter(({ excluded }) => excluded !== "structure")
      .map((object) => ({ corners: footprint(object.box), label: labelOf(object) })),
  };
}

/**
 * What a box covers seen from above: the convex hull of its eight corners, counter-clockwise (Andrew's monotone chain).
 * Two points or one for a box without a width.
 */
export function footprint({ center, size, axes }: OrientedBox): PlanPoint[] {
  const signs = [-0.5, 0.5];
  const corners = signs.flatMap((a) =>
    signs.flatMap((b) =>
      signs.map((c): PlanPoint => {
        const along = (plane: 0 | 1) =>
          center[plane] + a * size[0] * axes[0][plane] + b * size[1] * axes[1][plane] + c * size[2] * axes[2][plane];
        return [along(0), along(1)];
      }),
    ),
  );
  const sorted = corners.sort(([ax, ay], [bx, by]) => ax - bx || ay - by);
  return [...halfHull(sorted), ...halfHull(sorted.toReversed())];
}

/** Square metres. An upright box has each corner twice, apart by rounding errors. */
const NO_AREA = 1e-9;

function halfHull(points: readonly PlanPoint[]): PlanPoint[] {
  const hull: PlanPoint[] = [];
  for (const point of points) {
    while (hull.length >= 2 && area(at(hull, hull.length - 2), at(hull, hull.length - 1), point) <= NO_AREA) hull.pop();
    hull.push(point);
  }
  return hull.slice(0, -1);
}

function area([ax, ay]: PlanPoint, [bx, by]: PlanPoint, [cx, cy]: PlanPoint): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}

/** Metres. */
interface Bounds {
  min: PlanPoint;
  max: PlanPoint;
}

/** Around everything that a plan draws; a point at the origin for an empty one. */
export function planBounds({ outline, boxes, lines, points }: Plan): Bounds {
  const all = [
    ...outline.flat(),
    ...boxes.flatMap(({ corners }) => corners),
    ...lines.flatMap(({ from, to }) => [from, to]),
    ...points.map(({ at }) => at),
  ];
  const [first = [0, 0]] = all;
  let { min, max }: Bounds = { min: first, max: first };
  for (const [x, y] of all) {
    min = [Math.min(min[0], x), Math.min(min[1], y)];
    max = [Math.max(max[0], x), Math.max(max[1], y)];
  }
  return { min, max };
}

/** The mean of at least one point. */
export function middleOf(points: readonly PlanPoint[]): PlanPoint {
  const mean = (plane: 0 | 1) => points.reduce((sum, point) => sum + point[plane], 0) / points.length;
  return [mean(0), mean(1)];
}
