import type { Piece } from "../furniture/piece.ts";
import type { Patch } from "./patch.ts";

/** One annotated thing of the room and its surface. */
export interface RoomObject {
  /** ScanNet's raw label; null for surface that no annotator has marked. */
  label: string | null;
  patches: Patch[];
  /** What the surface was made from; null for the room's shell, whose parts have no box of their own. */
  piece: Piece | null;
  /** Red, green and blue, 8 to 247 so that a vertex's shade stays within a byte; drawn by the scan's seed when left out. */
  color?: readonly [red: number, green: number, blue: number];
}
