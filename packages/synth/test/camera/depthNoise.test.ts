import { describe, expect, test } from "@jest/globals";
import { addDepthNoise } from "../../src/camera/depthNoise.ts";
import { createRandom } from "../../src/random.ts";

const [WIDTH, HEIGHT] = [200, 100];
const wall = (millimetres: number) => new Uint16Array(WIDTH * HEIGHT).fill(millimetres);

describe("addDepthNoise", () => {
  test.each([
    [1000, 1.884],
    [3000, 14.044],
  ])("a wall at %d mm: readings around it, %d mm the standard deviation (Nguyen et al.)", (distance, expected) => {
    const read = addDepthNoise(createRandom(1, 4), wall(distance), WIDTH);
    const errors = Array.from(read, (value) => value - distance);
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const deviation = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length);
    expect(Math.abs(mean)).toBeLessThan(0.05 * expected);
    // Rounding to millimetres adds a twelfth of a square millimetre.
    expect(deviation).toBeCloseTo(Math.hypot(expected, Math.sqrt(1 / 12)), expected > 10 ? 0 : 1);
  });

  test("nothing is read where there is nothing, close by, and at the edge to something nearer or farther", () => {
    const depth = wall(2000);
    depth.fill(0, 0, WIDTH);
    depth.fill(399, WIDTH, 2 * WIDTH);
    depth[3 * WIDTH + 50] = 1500;
    const read = addDepthNoise(createRandom(1, 4), depth, WIDTH);
    const unread = [...read.keys()].filter((pixel) => read[pixel] === 0);
    expect(unread.filter((pixel) => pixel < 2 * WIDTH)).toHaveLength(2 * WIDTH);
    expect(unread.filter((pixel) => pixel >= 2 * WIDTH)).toEqual([3 * WIDTH + 50, 3 * WIDTH + 51]);
  });

  test("far away it stays within 16 bits and is never taken for no reading; the same seed gives the same image", () => {
    const far = addDepthNoise(createRandom(2, 4), wall(65_535), WIDTH);
    expect(Math.min(...far)).toBeGreaterThan(0);
    expect(far).toEqual(addDepthNoise(createRandom(2, 4), wall(65_535), WIDTH));
    expect(far).not.toEqual(addDepthNoise(createRandom(3, 4), wall(65_535), WIDTH));
  });
});
