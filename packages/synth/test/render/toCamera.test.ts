import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { cameraPose } from "../../src/index.ts";
import { toCamera } from "../../src/render/toCamera.ts";

test("undoes the pose: camera coordinates put through it give the world's again", () => {
  const number = fc.double({ min: -10, max: 10, noNaN: true });
  fc.assert(
    fc.property(
      fc.tuple(number, number, number),
      number,
      number,
      fc.array(number, { minLength: 3, maxLength: 3 }),
      (eye, heading, tilt, world) => {
        const pose = cameraPose(eye, heading, tilt);
        const seen = toCamera(Float64Array.from(world), pose);
        for (let row = 0; row < 3; row++) {
          const back = seen.reduce((sum, value, i) => sum + pose[4 * row + i] * value, pose[4 * row + 3]);
          expect(back).toBeCloseTo(world[row], 9);
        }
      },
    ),
  );
});
