/**
 * `numpy.linspace(start, stop, count)`, rounding included: steps are multiplied, not added up, and the last number is
 * `stop` itself; of one number it is `start`.
 */
export function linearSpacing(start: number, stop: number, count: number): Float64Array {
  if (count === 1) return Float64Array.of(start);
  const step = (stop - start) / (count - 1);
  return Float64Array.from({ length: count }, (_, index) => (index === count - 1 ? stop : start + index * step));
}
