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

/**
 * How a sample room looks: furnished like a home, or plain enough for a model of under a million parameters to learn
 * from.
 */
export const ROOM_STYLES = ["furnished", "plain"] as const;

/** One of ROOM_STYLES. */
export type RoomStyle = (typeof ROOM_STYLES)[number];
