import { at } from "@vsi/dataset";
import type { OrientedBox, SceneObject } from "@vsi/geometry";
import { cellAt, cellCentre, type FloorPoint, type FreeFloor } from "./freeFloor.ts";

/** 16: every 22.5 degrees, so that from wherever one comes a point lies near the line to the object's middle. */
const DIRECTIONS = 16;

/**
 * Where one stands at an object: in each of 16 directions from its middle the first cell that a body fits in, where that
 * is within reach of the object. A point behind a wall is none: between it and the object there may only be free floor
 * and furniture (the desk under a monitor).
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
  const isFurniture = (point: FloorPoint) => furniture.some(({ box }) => footprintDistance(box, point) <= margin);

  const cells = new Set<number>();
  for (let direction = 0; direction < DIRECTIONS; direction += 1) {
    const angle = (2 * Math.PI * direction) / DIRECTIONS;
    for (let way = 0; way <= farthest; way += floor.cell_m / 2) {
      const point: FloorPoint = [center[0] + way * Math.cos(angle), center[1] + way * Math.sin(angle)];
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
export function footprintDistance({ center, size, axes }: OrientedBox, [x, y]: FloorPoint): number {
  const outside = axes.map((axis, index) => {
    const along = axis[0] * (x - center[0]) + axis[1] * (y - center[1]);
    return Math.max(Math.abs(along) - at(size, index) / 2, 0);
  });
  return Math.hypot(...outside);
}
