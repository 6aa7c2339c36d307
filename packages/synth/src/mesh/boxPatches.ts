import type { Vec3 } from "@vsi/geometry";
import type { BoxPart } from "../furniture/piece.ts";
import type { Patch } from "./patch.ts";

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
