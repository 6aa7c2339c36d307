import type { CameraPose } from "../camera/cameraPose.ts";

/** Positions in the axis-aligned world as the camera sees them: x right, y down, z forward, metres. */
export function toCamera(positions: Float64Array, pose: CameraPose): Float64Array {
  const points = new Float64Array(positions.length);
  for (let i = 0; i < positions.length; i += 3) {
    const x = positions[i] - pose[3];
    const y = positions[i + 1] - pose[7];
    const z = positions[i + 2] - pose[11];
    points[i] = pose[0] * x + pose[4] * y + pose[8] * z;
    points[i + 1] = pose[1] * x + pose[5] * y + pose[9] * z;
    points[i + 2] = pose[2] * x + pose[6] * y + pose[10] * z;
  }
  return points;
}
