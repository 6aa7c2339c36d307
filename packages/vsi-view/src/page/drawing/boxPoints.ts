import type { OrientedBox, Vec3 } from "@vsi/dataset";

/**
 * Where a ray enters and leaves a solid oriented box, in multiples of `direction` (slab method; Kay and Kajiya, "Ray
 * tracing complex scenes", 1986): it enters at 0 where it starts inside; null where it misses the box.
 */
export function rayThroughBox(
  { center, size, axes }: OrientedBox,
  origin: Vec3,
  direction: Vec3,
): readonly [enter: number, leave: number] | null {
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
  return [enter, leave];
}

/**
 * The box that a ray meets first, or a smaller one that lies mostly within that one where the ray goes: the pillow, not the
 * bed whose box reaches up to its headboard; but the lamp, not the smaller desk that it stands on.
 */
export function pickBox<Boxed extends { box: OrientedBox }>(
  boxes: readonly Boxed[],
  origin: Vec3,
  direction: Vec3,
): Boxed | null {
  const met = boxes
    .flatMap((boxed) => {
      const through = rayThroughBox(boxed.box, origin, direction);
      return through === null ? [] : [{ boxed, enter: through[0], leave: through[1], volume: volumeOf(boxed.box) }];
    })
    .sort((one, other) => one.enter - other.enter || one.volume - other.volume);
  let [picked] = met;
  for (const next of met) {
    if (picked === undefined || next.volume >= picked.volume) continue;
    const inside = Math.min(next.leave, picked.leave) - next.enter;
    if (inside >= (next.leave - next.enter) / 2) picked = next;
  }
  return picked?.boxed ?? null;
}

function volumeOf({ size }: OrientedBox): number {
  return size[0] * size[1] * size[2];
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
