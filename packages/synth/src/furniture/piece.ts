import type { Vec3 } from "@vsi/dataset";
import type { FloorPoint } from "../floorPlan.ts";

/**
 * A solid part of a piece: a box in the piece's own frame. Metres; the origin is the middle of the footprint at the
 * piece's underside, x goes along its width, +y to its back, +z up.
 */
export interface BoxPart {
  min: Vec3;
  max: Vec3;
}

/**
 * One object of the room made of boxes. Metres, axis-aligned frame, +Z up. Its parts reach all four corners of its
 * footprint and both its top and its underside, so its smallest-area gravity-aligned box is exactly `size` turned by
 * `yaw`.
 */
export interface Piece {
  /** ScanNet's raw label. */
  label: string;
  /** The middle of the footprint. */
  center: FloorPoint;
  /** Height of the underside above the floor. */
  elevation: number;
  /** Counter-clockwise turn about +Z, in radians. */
  yaw: number;
  /** Width, depth and height: full lengths along the piece's own x, y and z. */
  size: Vec3;
  parts: BoxPart[];
}
