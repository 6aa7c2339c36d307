import type { FloorPlan } from "../floorPlan.ts";
import type { Piece } from "../furniture/piece.ts";
import type { RoomObject } from "../mesh/patches.ts";

/** What a room is, before it is scanned. Metres, axis-aligned frame, +Z up. */
export interface RoomContent {
  /** ScanNet's sceneType. */
  sceneType: string;
  floorPlan: FloorPlan;
  /** Doors, windows, pictures and furniture. */
  pieces: Piece[];
  /** The surface of the pieces and of the room's shell. */
  objects: RoomObject[];
}
