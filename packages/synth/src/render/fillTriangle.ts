import type { ProjectedPoints } from "./projectPoints.ts";
import type { Raster } from "./raster.ts";

/**
 * Draws a triangle over what is farther away; where two are equally near the earlier stays.
 *
 * A pixel is drawn when its centre lies inside, or on a left or a level upper edge: then of two triangles that share an edge exactly one
 * draws each pixel on it. Each edge is followed from its upper end whatever the triangle, so that shared edges round alike. 1 / z is
 * linear in the image, which makes the depth perspective-correct; taken between the edges it stays within the corners' even in slivers.
 * @param points all three corners in front of the camera.
 * @param corners the corners' positions in `points`, in any order.
 */
export function fillTriangle(
  raster: Raster,
  face: number,
  { columns, rows, inverseDepths }: ProjectedPoints,
  ...corners: [number, number, number]
): void {
  let [upper, middle, lower] = corners;
  if (rows[middle] < rows[upper]) [upper, middle] = [middle, upper];
  if (rows[lower] < rows[upper]) [upper, lower] = [lower, upper];
  if (rows[lower] < rows[middle]) [middle, lower] = [lower, middle];
  const afterLastRow = Math.min(raster.height, Math.ceil(rows[lower]));
  for (let row = Math.max(0, Math.ceil(rows[upper])); row < afterLastRow; row++) {
    const from = row < rows[middle] ? upper : middle;
    const to = row < rows[middle] ? middle : lower;
    const part = (row - rows[from]) / (rows[to] - rows[from]);
    const longPart = (row - rows[upper]) / (rows[lower] - rows[upper]);
    const column = columns[from] + part * (columns[to] - columns[from]);
    const longColumn = columns[upper] + longPart * (columns[lower] - columns[upper]);
    const inverseDepth = inverseDepths[from] + part * (inverseDepths[to] - inverseDepths[from]);
    const longInverseDepth = inverseDepths[upper] + longPart * (inverseDepths[lower] - inverseDepths[upper]);
    if (column < longColumn) fillRow(raster, face, row, column, inverseDepth, longColumn, longInverseDepth);
    else fillRow(raster, face, row, longColumn, longInverseDepth, column, inverseDepth);
  }
}

/** Draws the pixels of one row from the left edge (its own pixel included) to the right edge (not included). */
function fillRow(
  { width, faces, inverseDepths }: Raster,
  face: number,
  row: number,
  left: number,
  leftInverseDepth: number,
  right: number,
  rightInverseDepth: number,
): void {
  const slope = (rightInverseDepth - leftInverseDepth) / (right - left);
  const afterLastColumn = Math.min(width, Math.ceil(right));
  for (let column = Math.max(0, Math.ceil(left)); column < afterLastColumn; column++) {
    const inverseDepth = leftInverseDepth + (column - left) * slope;
    const pixel = row * width + column;
    if (inverseDepth <= inverseDepths[pixel]) continue;
    inverseDepths[pixel] = inverseDepth;
    faces[pixel] = face;
  }
}
