import type { OrientedBox, Vec3 } from "../sceneFacts.ts";
import { linearSpacing } from "./linearSpacing.ts";

/** The same points in two frames: x, y, z of each in a row. */
export interface BoxGrid {
  /** Along the box's axes, from its centre; metres. */
  local: Float64Array;
  /** Metres, axis-aligned, +Z up. */
  world: Float64Array;
}

/**
 * Evenly spaced points in a box, those at the ends on its faces, rotated and moved in float64 with the terms added from
 * left to right: VSI-Bench's sampled distance depends on the last bit of them.
 *
 * @param counts points along each axis; of one point it is the one at -size/2.
 */
export function boxGrid(box: OrientedBox, counts: Vec3): BoxGrid {
  const [xs, ys, zs] = box.size.map((length, axis) => linearSpacing(-length / 2, length / 2, counts[axis]));
  const local = new Float64Array(3 * xs.length * ys.length * zs.length);
  const world = new Float64Array(local.length);
  const [first, second, third] = box.axes;
  let offset = 0;
  for (const x of xs) {
    for (const y of ys) {
      for (const z of zs) {
        local[offset] = x;
        local[offset + 1] = y;
        local[offset + 2] = z;
        for (let k = 0; k < 3; k++) {
          world[offset + k] = x * first[k] + y * second[k] + z * third[k] + box.center[k];
        }
        offset += 3;
      }
    }
  }
  return { local, world };
}
