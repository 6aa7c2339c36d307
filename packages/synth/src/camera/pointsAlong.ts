import type { FloorPoint } from "../floorPlan/floorPlan.ts";

/** `count` points at equal distances along a path, from its first point to its last; one point is the first. */
export function pointsAlong(path: readonly FloorPoint[], count: number): FloorPoint[] {
  const walked = [0];
  for (let i = 1; i < path.length; i++) {
    walked.push(walked[i - 1] + Math.hypot(path[i][0] - path[i - 1][0], path[i][1] - path[i - 1][1]));
  }
  const length = walked[walked.length - 1];
  let leg = 0;
  return Array.from({ length: count }, (_, i): FloorPoint => {
    const target = count === 1 ? 0 : (length * i) / (count - 1);
    while (leg < path.length - 2 && walked[leg + 1] < target) leg++;
    const legLength = walked[leg + 1] - walked[leg];
    if (!(legLength > 0)) return path[leg];
    const part = (target - walked[leg]) / legLength;
    const [from, to] = [path[leg], path[leg + 1]];
    return [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
  });
}
