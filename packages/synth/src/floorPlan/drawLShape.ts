import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { drawLength } from "../random/drawLength.ts";
import type { FloorPlanSketch } from "./floorPlan.ts";

/** An L: a rectangle whose upper right corner is missing, 20 to 37 m2. */
export function drawLShape(random: RandomGenerator): FloorPlanSketch {
  const width = drawLength(random, 5.5, 7);
  const depth = drawLength(random, 5, 5.8);
  const notchLeft = width - drawLength(random, 2, 2.8);
  const notchBottom = depth - drawLength(random, 1.8, 2.6);
  return {
    outline: [
      [0, 0],
      [width, 0],
      [width, notchBottom],
      [notchLeft, notchBottom],
      [notchLeft, depth],
      [0, depth],
    ],
    floor: [
      { min: [0, 0], max: [width, notchBottom] },
      { min: [0, notchBottom], max: [notchLeft, depth] },
    ],
    solids: [],
    doorway: null,
  };
}
