import type { OrientedBox, Vec3 } from "@vsi/dataset";

/**
 * The points that VSI-Bench (Yang et al., arXiv 2412.14171) takes for a box: a grid without the core of half the box's
 * lengths, and without the points that a last test finds outside the box. On the faces rounding alone decides that
 * test, so that most turned boxes lose some of their face points.
 *
 * @param counts points of the grid along each axis.
 * @returns x, y, z of each point in a row; metres, axis-aligned, +Z up; in float64; empty when none is left.
 */
export function sampledBoxPoints(box: OrientedBox, counts: Vec3): Float64Array {
  const { local, world } = boxGrid(box, counts);
  let kept = 0;
  for (let offset = 0; offset < world.length; offset += 3) {
    if (isInCore(box, local, offset) || isOutside(box, world, offset)) continue;
    world.copyWithin(kept, offset, offset + 3);
    kept += 3;
  }
  return world.slice(0, kept);
}

function isInCore(box: OrientedBox, local: Float64Array, offset: number): boolean {
  for (let axis = 0; axis < 3; axis += 1) {
    if (Math.abs(local[offset + axis]) > box.size[axis] / 4) return false;
  }
  return true;
}

function isOutside({ center, size, axes }: OrientedBox, world: Float64Array, offset: number): boolean {
  const dx = world[offset] - center[0];
  const dy = world[offset + 1] - center[1];
  const dz = world[offset + 2] - center[2];
  for (let axis = 0; axis < 3; axis += 1) {
    const along = dx * axes[axis][0] + dy * axes[axis][1] + dz * axes[axis][2];
    if (Math.abs(along) > size[axis] / 2) return true;
  }
  return false;
}

/** The same points in two frames: x, y, z of each in a row. */
interface BoxGrid {
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
        for (let k = 0; k < 3; k += 1) {
          world[offset + k] = x * first[k] + y * second[k] + z * third[k] + box.center[k];
        }
        offset += 3;
      }
    }
  }
  return { local, world };
}

/**
 * `numpy.linspace(start, stop, count)`, rounding included: steps are multiplied, not added up, and the last number is
 * `stop` itself; of one number it is `start`.
 */
export function linearSpacing(start: number, stop: number, count: number): Float64Array {
  if (count === 1) return Float64Array.of(start);
  const step = (stop - start) / (count - 1);
  return Float64Array.from({ length: count }, (_, index) => (index === count - 1 ? stop : start + index * step));
}
