import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { drawLength } from "../random/drawLength.ts";
import type { FloorPlanSketch, FloorRectangle } from "./floorPlan.ts";
import { rectangleCorners } from "./rectangleCorners.ts";

/** A rectangle of 26 to 39 m2 with a square pillar standing free near its middle. */
export function drawPillarRoom(random: RandomGenerator): FloorPlanSketch {
  const width = drawLength(random, 5.8, 7.2);
  const depth = drawLength(random, 4.6, 5.4);
  const side = drawLength(random, 0.4, 0.6);
  const left = drawLength(random, 2, width - side - 2);
  const bottom = drawLength(random, 1.8, depth - side - 1.8);
  const pillar: FloorRectangle = { min: [left, bottom], max: [left + side, bottom + side] };
  return {
    outline: rectangleCorners({ min: [0, 0], max: [width, depth] }),
    floor: [
      { min: [0, 0], max: [width, bottom] },
      { min: [0, bottom], max: [left, bottom + side] },
      { min: [left + side, bottom], max: [width, bottom + side] },
      { min: [0, bottom + side], max: [width, depth] },
    ],
    solids: [pillar],
    doorway: null,
  };
}
