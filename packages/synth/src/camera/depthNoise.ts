import { at } from "@vsi/dataset/internal";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { DEPTH_SHIFT } from "./render.ts";

/**
 * Metres: the standard deviation of a structured light sensor's reading along z is 0.0012 + 0.0019 (z - 0.4)^2 (Nguyen,
 * Izadi and Lovell, "Modeling Kinect sensor noise for improved 3D reconstruction and tracking", 2012, equation 2);
 * ScanNet's Structure Sensor is one.
 */
function standardDeviation(depth: number): number {
  return 0.0012 + 0.0019 * (depth - 0.4) ** 2;
}

/** Metres: nearer than this the sensor reads nothing (the same paper's shortest distance). */
const SHORTEST_READING = 0.4;

/**
 * 5 % of the depth between neighbours in a row: an edge, whose shadow from the projector beside the camera has no
 * reading.
 */
const EDGE = 0.05;

/**
 * What a depth sensor reads where a true depth image was rendered: noise that grows with the distance, and no reading
 * (0) close by and beside edges.
 *
 * @param depth millimetres, row by row; 0 where there is none.
 * @returns a new image.
 */
export function addDepthNoise(random: RandomGenerator, depth: Uint16Array, width: number): Uint16Array {
  const noisy = new Uint16Array(depth.length);
  let spare: number | null = null;
  for (let pixel = 0; pixel < depth.length; pixel += 1) {
    const value = at(depth, pixel);
    const before = pixel % width === 0 ? value : at(depth, pixel - 1);
    if (value < SHORTEST_READING * DEPTH_SHIFT || Math.abs(value - before) > EDGE * value) continue;
    // Box and Muller's transform gives two numbers at a time.
    let deviate = spare;
    spare = null;
    if (deviate === null) {
      const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(random)));
      const angle = 2 * Math.PI * uniformFloat64(random);
      deviate = radius * Math.cos(angle);
      spare = radius * Math.sin(angle);
    }
    const read = value + DEPTH_SHIFT * standardDeviation(value / DEPTH_SHIFT) * deviate;
    noisy[pixel] = Math.min(Math.max(1, Math.round(read)), 0xffff);
  }
  return noisy;
}
