import type { Vec3 } from "@vsi/geometry";
import type { Piece } from "../furniture/piece.ts";
import { boxPatches } from "./boxPatches.ts";
import type { Patch } from "./patch.ts";

/** The surface of a piece where it stands in the room. */
export function piecePatches({ parts, yaw, center, elevation }: Piece): Patch[] {
  const [cosine, sine] = [Math.cos(yaw), Math.sin(yaw)];
  const turn = ([x, y, z]: Vec3): Vec3 => [cosine * x - sine * y, sine * x + cosine * y, z];
  return parts.flatMap(boxPatches).map((patch) => {
    const [x, y, z] = turn(patch.origin);
    return {
      ...patch,
      origin: [x + center[0], y + center[1], z + elevation],
      u: turn(patch.u),
      v: turn(patch.v),
    };
  });
}
