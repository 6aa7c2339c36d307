import type { Vec3 } from "@vsi/geometry";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { FloorPlan } from "../floorPlan/floorPlan.ts";
import { drawBetween } from "../random/drawBetween.ts";
import type { FurnitureKind } from "./furnitureKind.ts";
import type { Piece } from "./piece.ts";
import { placeAtWall } from "./placeAtWall.ts";

/** Metres from the outer wall to a piece's back; leaves room for windows, doors and their frames (up to 5 cm). */
const gapBehind = 0.12;

/** Where a piece of the given size might stand; whether it is free there is not looked at. */
export function drawPose(
  random: RandomGenerator,
  plan: FloorPlan,
  stands: FurnitureKind["stands"],
  [width, depth]: Vec3,
): Pick<Piece, "center" | "yaw"> {
  if (stands === "free") {
    const alongX = plan.outline.map(([x]) => x);
    const alongY = plan.outline.map(([, y]) => y);
    return {
      center: [
        drawBetween(random, Math.min(...alongX), Math.max(...alongX)),
        drawBetween(random, Math.min(...alongY), Math.max(...alongY)),
      ],
      yaw: drawBetween(random, -Math.PI, Math.PI),
    };
  }
  const wall = uniformInt(random, 0, plan.outline.length - 1);
  return placeAtWall(plan.outline, wall, drawBetween(random, 0, 1), width, depth / 2 + gapBehind);
}
