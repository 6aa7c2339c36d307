import type { Alignment } from "./alignment.ts";

/**
 * Axis-aligned positions as the scanner would have stored them: the alignment's inverse, rounded to float32.
 * The rounded matrix is not quite a rotation, so it is inverted by its determinant and not by transposing it.
 */
export function toScannerFrame(aligned: Float64Array, alignment: Alignment): Float32Array {
  const [a, b, , shiftX, c, d, , shiftY, , , , shiftZ] = alignment;
  const determinant = a * d - b * c;
  const raw = new Float32Array(aligned.length);
  for (let i = 0; i < aligned.length; i += 3) {
    const x = aligned[i] - shiftX;
    const y = aligned[i + 1] - shiftY;
    raw[i] = (d * x - b * y) / determinant;
    raw[i + 1] = (a * y - c * x) / determinant;
    raw[i + 2] = aligned[i + 2] - shiftZ;
  }
  return raw;
}
