import type { Vec3 } from "@vsi/geometry";

/**
 * A camera's pose: row-major 4x4, camera (x right, y down, z forward) to the axis-aligned world (+Z up), metres.
 * The camera is held level: its x axis is horizontal.
 */
export type CameraPose = readonly number[];

/**
 * @param heading where the camera looks on the floor plan, radians counter-clockwise from +x.
 * @param tilt how far it looks down from the horizontal, radians.
 */
export function cameraPose(eye: Vec3, heading: number, tilt: number): CameraPose {
  const [cosine, sine] = [Math.cos(heading), Math.sin(heading)];
  const [level, down] = [Math.cos(tilt), Math.sin(tilt)];
  return [
    ...[sine, -cosine * down, cosine * level, eye[0]],
    ...[-cosine, -sine * down, sine * level, eye[1]],
    ...[0, -level, -down, eye[2]],
    ...[0, 0, 0, 1],
  ];
}
