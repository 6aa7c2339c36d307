/**
 * Reorders points first..last (inclusive) so that none before `middle` is greater than it along the axis and none after
 * it is smaller (Hoare's quickselect, median of three).
 *
 * @param points x, y, z of each point in a row; reordered in place.
 * @param indices reordered along with the points.
 * @param axis 0, 1 or 2.
 */
export function selectByCoordinate(
  points: Float64Array,
  indices: Uint32Array,
  first: number,
  last: number,
  middle: number,
  axis: number,
): void {
  let left = first;
  let right = last;
  while (left < right) {
    const pivot = medianOfThree(
      points[3 * left + axis],
      points[3 * ((left + right) >> 1) + axis],
      points[3 * right + axis],
    );
    let low = left;
    let high = right;
    while (low <= high) {
      while (points[3 * low + axis] < pivot) low++;
      while (points[3 * high + axis] > pivot) high--;
      if (low <= high) swap(points, indices, low++, high--);
    }
    if (middle <= high) right = high;
    else if (middle >= low) left = low;
    else return;
  }
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function swap(points: Float64Array, indices: Uint32Array, a: number, b: number): void {
  const index = indices[a];
  indices[a] = indices[b];
  indices[b] = index;
  for (let axis = 0; axis < 3; axis++) {
    const coordinate = points[3 * a + axis];
    points[3 * a + axis] = points[3 * b + axis];
    points[3 * b + axis] = coordinate;
  }
}
