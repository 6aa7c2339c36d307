/**
 * At most `limit` (even) of a line's points, sorted by x: of each of limit / 2 equal stretches the lowest and the
 * highest one, so that no spike is lost.
 */
export function thinLine<Point extends { x: number; y: number }>(
  points: readonly Point[],
  limit: number,
): readonly Point[] {
  if (points.length <= limit) return points;
  const stretches = limit / 2;
  return Array.from({ length: stretches }, (_, index) => {
    const first = Math.floor((index * points.length) / stretches);
    const end = Math.floor(((index + 1) * points.length) / stretches);
    let lowest = first;
    let highest = first;
    for (let place = first; place < end; place++) {
      if (points[place].y < points[lowest].y) lowest = place;
      if (points[place].y > points[highest].y) highest = place;
    }
    const kept = lowest === highest ? [lowest] : [Math.min(lowest, highest), Math.max(lowest, highest)];
    return kept.map((place) => points[place]);
  }).flat();
}
