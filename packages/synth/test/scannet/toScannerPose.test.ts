import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { cameraPose } from "../../src/index.ts";
import { createRandom } from "../../src/random/createRandom.ts";
import { drawAlignment } from "../../src/scannet/alignment.ts";
import { toScannerPose } from "../../src/scannet/toScannerPose.ts";

test("the printed alignment times the stored pose is the axis-aligned pose, to float32", () => {
  const number = fc.double({ min: -4, max: 4, noNaN: true });
  fc.assert(
    fc.property(fc.integer(), fc.tuple(number, number, number), number, number, (seed, eye, heading, tilt) => {
      const pose = cameraPose(eye, heading, tilt);
      const alignment = drawAlignment(createRandom(seed, 1));
      const raw = toScannerPose(pose, alignment);
      for (let row = 0; row < 4; row++) {
        for (let column = 0; column < 4; column++) {
          const sum = [0, 1, 2, 3].reduce((total, i) => total + alignment[4 * row + i] * raw[4 * i + column], 0);
          expect(Math.abs(sum - pose[4 * row + column])).toBeLessThan(2e-6);
        }
      }
      expect([...raw.subarray(12)]).toEqual([0, 0, 0, 1]);
    }),
  );
});
