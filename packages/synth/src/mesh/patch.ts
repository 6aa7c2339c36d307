import type { Vec3 } from "@vsi/geometry";

/** A flat parallelogram of surface: the points origin + s u + t v, s and t from 0 to 1; its front is where u x v points. Metres. */
export interface Patch {
  origin: Vec3;
  u: Vec3;
  v: Vec3;
  /** Vertices are at most this far apart, whatever the rest of the room is sampled at; Infinity for no limit. */
  maximumSpacing: number;
}
