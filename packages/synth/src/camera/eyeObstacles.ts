import type { FloorPlan } from "../floorPlan/floorPlan.ts";
import { type Footprint, rectangleFootprint } from "../furniture/footprint.ts";
import type { Piece } from "../furniture/piece.ts";
import { wallFootprints } from "../furniture/wallFootprints.ts";

/**
 * What a camera at eye height would bump into: walls, the pillar or the partition, and every part of a piece that comes within
 * `clearance` metres of that height. By parts, because one walks through the opening of a doorframe.
 */
export function eyeObstacles(
  plan: FloorPlan,
  pieces: readonly Piece[],
  eyeHeight: number,
  clearance: number,
): Footprint[] {
  const parts = pieces.flatMap((piece) =>
    piece.parts
      .filter(
        ({ min, max }) =>
          piece.elevation + min[2] < eyeHeight + clearance && piece.elevation + max[2] > eyeHeight - clearance,
      )
      .map(({ min, max }): Footprint => {
        const [x, y] = [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2];
        const [cosine, sine] = [Math.cos(piece.yaw), Math.sin(piece.yaw)];
        return {
          center: [piece.center[0] + cosine * x - sine * y, piece.center[1] + sine * x + cosine * y],
          width: max[0] - min[0],
          depth: max[1] - min[1],
          yaw: piece.yaw,
        };
      }),
  );
  return [...wallFootprints(plan.outline, 0), ...plan.solids.map(rectangleFootprint), ...parts];
}
