import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { type FloorPlanShape, floorPlanShapes } from "../floorPlan/floorPlan.ts";
import { makeFloorPlan } from "../floorPlan/makeFloorPlan.ts";
import { piecePatches } from "../mesh/piecePatches.ts";
import type { RoomContent } from "../roomContent.ts";
import { buildShell } from "../shell/buildShell.ts";
import { furnishings } from "./furnishings.ts";
import { keepFree } from "./keepFree.ts";
import { placeFurniture } from "./placeFurniture.ts";
import { placeOpenings } from "./placeOpenings.ts";

/** A room with walls, openings and furniture. @param shape the kind of floor plan; drawn when left out. */
export function buildFurnishedRoom(random: RandomGenerator, shape?: FloorPlanShape): RoomContent {
  // Drawn even when the shape is given, so that the furniture's use does not depend on how the shape came about.
  const drawnShape = floorPlanShapes[uniformInt(random, 0, floorPlanShapes.length - 1)];
  const furnishing = furnishings[uniformInt(random, 0, furnishings.length - 1)];
  const floorPlan = makeFloorPlan(random, shape ?? drawnShape);
  const openings = placeOpenings(random, floorPlan);
  const furniture = placeFurniture(random, floorPlan, furnishing, keepFree(floorPlan, openings.door));
  const pieces = [...openings.pieces, ...furniture];
  const objects = [
    ...buildShell(random, floorPlan),
    ...pieces.map((piece) => ({ label: piece.label, patches: piecePatches(piece), piece })),
  ];
  return { sceneType: furnishing.sceneType, floorPlan, pieces, objects };
}
