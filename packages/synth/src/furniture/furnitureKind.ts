import type { PartShape } from "./partShapes.ts";

/** The least and the greatest length of one side, metres; sizes are drawn in whole centimetres. */
export type LengthRange = readonly [least: number, most: number];

/** What stands on top of a piece. */
export interface Rider {
  /** A label of `furnitureKinds`. */
  label: string;
  /** How many, side by side. */
  count: number;
  /** 0: in the middle of the depth; 1: on the back edge. */
  towardsBack: number;
}

/** A kind of furniture, by ScanNet's raw label. */
export interface FurnitureKind {
  width: LengthRange;
  depth: LengthRange;
  height: LengthRange;
  shape: PartShape;
  /** With its back to a wall, or anywhere at any angle. */
  stands: "atWall" | "free";
  rider?: Rider;
}
