/** Shoelace: positive for counter-clockwise rings. Relative to the first point, so that far rings keep their digits. */
export function ringArea(ring: readonly (readonly [number, number])[]): number {
  const [originX, originY] = ring[0];
  return (
    ring.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = ring[(index + 1) % ring.length];
      return sum + (x - originX) * (nextY - originY) - (nextX - originX) * (y - originY);
    }, 0) / 2
  );
}
