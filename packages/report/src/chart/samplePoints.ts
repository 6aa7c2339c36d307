import { loadVega } from "./loadVega.ts";

/** Fixed, so that the same points give the same chart. */
const SEED = 0.5;

/** `limit` of the points drawn at random without replacement, in their order; all of them when there are no more. */
export async function samplePoints<Point>(points: readonly Point[], limit: number): Promise<readonly Point[]> {
  if (points.length <= limit) return points;
  const { randomLCG } = await loadVega();
  const random = randomLCG(SEED);
  let wanted = limit;
  // Selection sampling: Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S.
  return points.filter((_, index) => {
    if (random() * (points.length - index) >= wanted) return false;
    wanted -= 1;
    return true;
  });
}
