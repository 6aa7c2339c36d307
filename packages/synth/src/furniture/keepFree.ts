import type { FloorPlan } from "../floorPlan/floorPlan.ts";
import { type Footprint, rectangleFootprint } from "./footprint.ts";
import type { Piece } from "./piece.ts";
import { wallFootprints } from "./wallFootprints.ts";

/** Metres to both sides of a wall's plane: what hangs on walls is at most 5 cm deep. */
const wallReach = 0.06;

/** Metres in front of a door or a doorway where nothing stands, so that one can walk in. */
const passageReach = 0.7;

/** Where no furniture may stand: at the walls, in the pillar or partition, before the door and in the doorway. */
export function keepFree(plan: FloorPlan, door: Piece): Footprint[] {
  const entrance: Footprint = { center: door.center, width: door.size[0], depth: 2 * passageReach, yaw: door.yaw };
  const kept = [...wallFootprints(plan.outline, wallReach), entrance, ...plan.solids.map(rectangleFootprint)];
  if (plan.doorway) {
    const doorway = rectangleFootprint(plan.doorway.floor);
    kept.push({ ...doorway, width: doorway.width + 2 * passageReach });
  }
  return kept;
}
