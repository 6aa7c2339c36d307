import type { Vec3 } from "@vsi/geometry";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { drawLength } from "../random/drawLength.ts";
import type { FurnitureKind } from "./furnitureKind.ts";
import type { Piece } from "./piece.ts";

/** A piece of a kind, its size drawn, standing at the origin. */
export function makePiece(random: RandomGenerator, label: string, kind: FurnitureKind): Piece {
  const size: Vec3 = [
    drawLength(random, ...kind.width),
    drawLength(random, ...kind.depth),
    drawLength(random, ...kind.height),
  ];
  return { label, center: [0, 0], elevation: 0, yaw: 0, size, parts: kind.shape(size) };
}
