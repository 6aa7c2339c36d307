import type { OrientedBox, Vec3 } from "@vsi/dataset";

/**
 * How far along a ray a solid oriented box begins, in multiples of `direction` (slab method; Kay and Kajiya, "Ray tracing
 * complex scenes", 1986): 0 from inside, null where the ray misses it.
 */
export function rayBoxEntry({ center, size, axes }: OrientedBox, origin: Vec3, direction: Vec3): number | null {
  let [enter, leave] = [0, Number.POSITIVE_INFINITY];
  for (const [index, axis] of axes.entries()) {
    const half = (size[index] ?? 0) / 2;
    const from =
      (origin[0] - center[0]) * axis[0] + (origin[1] - center[1]) * axis[1] + (origin[2] - center[2]) * axis[2];
    const step = direction[0] * axis[0] + direction[1] * axis[1] + direction[2] * axis[2];
    if (step === 0) {
      if (Math.abs(from) > half) return null;
      continue;
    }
    const [one, other] = [(-half - from) / step, (half - from) / step];
    enter = Math.max(enter, Math.min(one, other));
    leave = Math.min(leave, Math.max(one, other));
    if (enter > leave) return null;
  }
  return enter;
}

/**
 * The box that a ray meets first. Of boxes that it starts in or that begin at the same place, the smallest: what lies on a
 * bed is picked before the bed.
 */
export function pickBox<Boxed extends { box: OrientedBox }>(
  boxes: readonly Boxed[],
  origin: Vec3,
  direction: Vec3,
): Boxed | null {
  let [best, bestEntry, bestVolume]: [Boxed | null, number, number] = [null, Number.POSITIVE_INFINITY, 0];
  for (const boxed of boxes) {
    const entry = rayBoxEntry(boxed.box, origin, direction);
    if (entry === null || entry > bestEntry) continue;
    const volume = boxed.box.size[0] * boxed.box.size[1] * boxed.box.size[2];
    if (entry < bestEntry || volume < bestVolume) [best, bestEntry, bestVolume] = [boxed, entry, volume];
  }
  return best;
}

/** The eight corners; bit k of a corner's number tells on which side along axis k it lies. */
export function boxCorners({ center, size, axes }: OrientedBox): Vec3[] {
  return Array.from({ length: 8 }, (_, corner) => {
    const point: Vec3 = [...center];
    for (const [index, axis] of axes.entries()) {
      const half = ((corner >> index) & 1 ? 0.5 : -0.5) * (size[index] ?? 0);
      for (const k of [0, 1, 2] as const) point[k] += half * axis[k];
    }
    return point;
  });
}

/** Pairs of corners, by number, that a box's edges join. */
export const BOX_EDGES: readonly (readonly [number, number])[] = [0, 1, 2].flatMap((axis) =>
  Array.from({ length: 8 }, (_, corner) => corner)
    .filter((corner) => !((corner >> axis) & 1))
    .map((corner) => [corner, corner | (1 << axis)] as const),
);
