import { at } from "@vsi/dataset/internal";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { FLOOR_PLAN_SHAPES, type FloorPlanShape, makeFloorPlan } from "../floorPlan.ts";
import { FURNISHINGS } from "../furniture/kinds.ts";
import { placeOpenings } from "../furniture/openings.ts";
import { keepFree, placeFurniture } from "../furniture/placement.ts";
import { piecePatches } from "../mesh/patches.ts";
import type { RoomContent } from "./content.ts";
import { buildShell } from "./shell.ts";

/** A room with walls, openings and furniture. @param shape the kind of floor plan; drawn when left out. */
export function buildFurnishedRoom(random: RandomGenerator, shape?: FloorPlanShape): RoomContent {
  // Drawn even when the shape is given, so that the furniture's use does not depend on how the shape came about.
  const drawnShape = at(FLOOR_PLAN_SHAPES, uniformInt(random, 0, FLOOR_PLAN_SHAPES.length - 1));
  const furnishing = at(FURNISHINGS, uniformInt(random, 0, FURNISHINGS.length - 1));
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
