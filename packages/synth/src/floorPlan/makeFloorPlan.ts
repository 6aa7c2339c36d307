import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { drawLength } from "../random/drawLength.ts";
import { centerFloorPlan } from "./centerFloorPlan.ts";
import { drawLShape } from "./drawLShape.ts";
import { drawPillarRoom } from "./drawPillarRoom.ts";
import { drawRectangularRoom } from "./drawRectangularRoom.ts";
import { drawTwoRooms } from "./drawTwoRooms.ts";
import type { FloorPlan, FloorPlanShape, FloorPlanSketch } from "./floorPlan.ts";

const sketchers: Record<FloorPlanShape, (random: RandomGenerator) => FloorPlanSketch> = {
  rectangle: drawRectangularRoom,
  lShape: drawLShape,
  pillar: drawPillarRoom,
  twoRooms: drawTwoRooms,
};

/** A floor plan of the given kind, 20 to 40 m2, with a ceiling 2.4 to 2.8 m up. */
export function makeFloorPlan(random: RandomGenerator, shape: FloorPlanShape): FloorPlan {
  const sketch = centerFloorPlan(sketchers[shape](random));
  return { shape, ...sketch, ceilingHeight: drawLength(random, 2.4, 2.8) };
}
