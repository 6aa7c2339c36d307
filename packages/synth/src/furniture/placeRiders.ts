import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Rider } from "./furnitureKind.ts";
import { furnitureKinds } from "./furnitureKinds.ts";
import { makePiece } from "./makePiece.ts";
import type { Piece } from "./piece.ts";

/** What stands on a piece: side by side on top of its first part, turned as the piece is. */
export function placeRiders(random: RandomGenerator, carrier: Piece, rider: Rider): Piece[] {
  const [width, depth] = carrier.size;
  const [cosine, sine] = [Math.cos(carrier.yaw), Math.sin(carrier.yaw)];
  return Array.from({ length: rider.count }, (_, i) => {
    const piece = makePiece(random, rider.label, furnitureKinds[rider.label]);
    const alongWidth = ((i + 0.5) / rider.count - 0.5) * width;
    const alongDepth = (rider.towardsBack * depth) / 2;
    return {
      ...piece,
      center: [
        carrier.center[0] + cosine * alongWidth - sine * alongDepth,
        carrier.center[1] + sine * alongWidth + cosine * alongDepth,
      ],
      elevation: carrier.elevation + carrier.parts[0].max[2],
      yaw: carrier.yaw,
    };
  });
}
