import type { Vec3 } from "@vsi/dataset";
import type { BoxPart, Piece } from "../furniture/piece.ts";

/**
 * A flat parallelogram of surface: the points origin + s u + t v, s and t from 0 to 1; its front is where u x v points.
 * Metres.
 */
export interface Patch {
  origin: Vec3;
  u: Vec3;
  v: Vec3;
  /** Vertices are at most this far apart, whatever the rest of the room is sampled at; Infinity for no limit. */
  maximumSpacing: number;
}

/** One annotated thing of the room and its surface. */
export interface RoomObject {
  /** ScanNet's raw label; null for surface that no annotator has marked. */
  label: string | null;
  patches: Patch[];
  /** What the surface was made from; null for the room's shell, whose parts have no box of their own. */
  piece: Piece | null;
  /**
   * Red, green and blue, 8 to 247 so that a vertex's shade stays within a byte; drawn by the scan's seed when left out.
   */
  color?: readonly [red: number, green: number, blue: number];
}

/** The six faces of a box, fronts outwards. */
export function boxPatches({ min, max }: BoxPart): Patch[] {
  const x: Vec3 = [max[0] - min[0], 0, 0];
  const y: Vec3 = [0, max[1] - min[1], 0];
  const z: Vec3 = [0, 0, max[2] - min[2]];
  const face = (origin: Vec3, u: Vec3, v: Vec3): Patch => ({ origin, u, v, maximumSpacing: Number.POSITIVE_INFINITY });
  return [
    face(min, y, x),
    face([min[0], min[1], max[2]], x, y),
    face(min, x, z),
    face([min[0], max[1], min[2]], z, x),
    face(min, z, y),
    face([max[0], min[1], min[2]], y, z),
  ];
}

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
