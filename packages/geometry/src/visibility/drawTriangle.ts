import type { DepthBuffer } from "./depthBuffer.ts";

/**
 * 1e-10: twice a triangle's area in square pixels, below which products of coordinates of an image's size (640 x 640 in
 * doubles) leave only rounding; what such a sliver would cover, its neighbours cover.
 */
const SMALLEST_TURN = 1e-10;

/**
 * Draws a triangle, seen from either side, into a buffer: at every pixel whose centre it covers, borders included, the
 * nearest owner stays. At equal depth the higher owner stays, so that the order of drawing does not matter. A triangle
 * without area covers nothing.
 *
 * Borders are included, instead of drawn by one neighbour only, because only the nearest counts: a pixel on a border that two
 * faces share is filled once all the same, and rounding leaves no gaps.
 *
 * @param image corners a, b, c: u and v in pixels and 1 / z, at the offsets `a`, `b` and `c`.
 */
export function drawTriangle(
  buffer: DepthBuffer,
  image: Float64Array,
  a: number,
  b: number,
  c: number,
  owner: number,
): void {
  const aU = image[a];
  const aV = image[a + 1];
  const firstColumn = Math.max(0, Math.ceil(Math.min(aU, image[b], image[c])));
  const lastColumn = Math.min(buffer.width - 1, Math.floor(Math.max(aU, image[b], image[c])));
  // Of the many faces smaller than a pixel, most lie between pixel centres and end here.
  if (firstColumn > lastColumn) return;
  const firstRow = Math.max(0, Math.ceil(Math.min(aV, image[b + 1], image[c + 1])));
  const lastRow = Math.min(buffer.height - 1, Math.floor(Math.max(aV, image[b + 1], image[c + 1])));
  if (firstRow > lastRow) return;

  const turn = (image[b] - aU) * (image[c + 1] - aV) - (image[b + 1] - aV) * (image[c] - aU);
  if (Math.abs(turn) < SMALLEST_TURN) return;
  // Corners turned to one side, so that weights inside are positive.
  const second = turn > 0 ? b : c;
  const third = turn > 0 ? c : b;
  const bU = image[second];
  const bV = image[second + 1];
  const cU = image[third];
  const cV = image[third + 1];
  const aInverse = image[a + 2];
  const bInverse = image[second + 2];
  const cInverse = image[third + 2];
  const { inverseDepths, owners, width } = buffer;

  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const aWeight = (cU - bU) * (row - bV) - (cV - bV) * (column - bU);
      const bWeight = (aU - cU) * (row - cV) - (aV - cV) * (column - cU);
      const cWeight = (bU - aU) * (row - aV) - (bV - aV) * (column - aU);
      if (aWeight < 0 || bWeight < 0 || cWeight < 0) continue;
      // By their own sum, not by `turn`: in slivers the two differ by rounding, and depth must stay between the corners'.
      const inverse = Math.fround(
        (aWeight * aInverse + bWeight * bInverse + cWeight * cInverse) / (aWeight + bWeight + cWeight),
      );
      const pixel = row * width + column;
      const nearest = inverseDepths[pixel];
      if (inverse > nearest) {
        inverseDepths[pixel] = inverse;
        owners[pixel] = owner;
      } else if (inverse === nearest && owner > owners[pixel]) {
        owners[pixel] = owner;
      }
    }
  }
}
