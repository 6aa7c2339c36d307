import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { drawLength } from "../random/drawLength.ts";
import type { FloorPlanSketch } from "./floorPlan.ts";
import { rectangleCorners } from "./rectangleCorners.ts";

/** Two rooms side by side, 27 to 40 m2 together, and a partition with a doorway between them. */
export function drawTwoRooms(random: RandomGenerator): FloorPlanSketch {
  const width = drawLength(random, 6.8, 8.2);
  const depth = drawLength(random, 4, 4.8);
  const partitionLeft = drawLength(random, 3.2, width - 3.4);
  const partitionRight = partitionLeft + drawLength(random, 0.1, 0.15);
  const doorwayBottom = drawLength(random, 0.8, depth - 1.8);
  const doorwayTop = doorwayBottom + drawLength(random, 0.85, 1);
  const doorway = {
    min: [partitionLeft, doorwayBottom] as [number, number],
    max: [partitionRight, doorwayTop] as [number, number],
  };
  return {
    outline: rectangleCorners({ min: [0, 0], max: [width, depth] }),
    floor: [{ min: [0, 0], max: [partitionLeft, depth] }, { min: [partitionRight, 0], max: [width, depth] }, doorway],
    solids: [
      { min: [partitionLeft, 0], max: [partitionRight, doorwayBottom] },
      { min: [partitionLeft, doorwayTop], max: [partitionRight, depth] },
    ],
    doorway: { floor: doorway, height: 2.05 },
  };
}
