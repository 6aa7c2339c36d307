/**
 * A camera pose in the axis-aligned frame: the scan's alignment applied after the pose.
 *
 * @param cameraToWorld row-major 4 by 4, camera to the scan's own frame, metres.
 * @param axisAlignment row-major 4 by 4; null for a scan that has none: identity.
 * @returns row-major 4 by 4, 16 numbers; never -0, so that JSON gives it back unchanged.
 */
export function alignPose(cameraToWorld: ArrayLike<number>, axisAlignment: ArrayLike<number> | null): number[] {
  const pose = Array.from(cameraToWorld);
  if (axisAlignment === null) return pose.map((value) => value + 0);
  return pose.map((_, place) => {
    const [row, column] = [Math.floor(place / 4), place % 4];
    let sum = 0;
    for (let k = 0; k < 4; k++) sum += (axisAlignment[4 * row + k] as number) * (pose[4 * k + column] as number);
    return sum + 0;
  });
}
