import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { drawLength } from "../random/drawLength.ts";
import type { FloorPlanSketch, FloorRectangle } from "./floorPlan.ts";
import { rectangleCorners } from "./rectangleCorners.ts";

/** Four walls around 20 to 37 m2. */
export function drawRectangularRoom(random: RandomGenerator): FloorPlanSketch {
  const room: FloorRectangle = { min: [0, 0], max: [drawLength(random, 5, 7), drawLength(random, 4, 5.3)] };
  return { outline: rectangleCorners(room), floor: [room], solids: [], doorway: null };
}
