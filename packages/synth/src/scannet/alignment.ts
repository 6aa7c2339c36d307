import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { drawBetween } from "../random/drawBetween.ts";

/** ScanNet's axisAlignment: 16 numbers, row major, from the scanner's frame to the axis-aligned one; metres. */
export type Alignment = readonly number[];

/**
 * A turn about +Z and a shift, each number rounded to the six decimals that ScanNet prints:
 * what a reader applies is the rounded matrix, so the raw coordinates must come from that one.
 */
export function drawAlignment(random: RandomGenerator): Alignment {
  const yaw = drawBetween(random, -Math.PI, Math.PI);
  const [x, y, z] = [drawBetween(random, -6, 6), drawBetween(random, -6, 6), drawBetween(random, -0.15, 0.05)];
  const [cosine, sine] = [Math.cos(yaw), Math.sin(yaw)];
  const matrix = [cosine, sine, 0, x, -sine, cosine, 0, y, 0, 0, 1, z, 0, 0, 0, 1];
  return matrix.map((value) => Number(value.toFixed(6)));
}
