import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { trueAxisAlignedBox } from "../../src/truth/trueAxisAlignedBox.ts";

test("is the extent of the box's eight corners, whatever its turn", () => {
  const length = fc.integer({ min: 0, max: 500 }).map((centimetres) => centimetres / 100);
  fc.assert(
    fc.property(fc.tuple(length, length, length), fc.integer({ min: -720, max: 720 }), (size, degrees) => {
      const yaw = (degrees * Math.PI) / 180;
      const { min, max } = trueAxisAlignedBox({ center: [1, 2, 3], size, yaw });
      const corners = [-1, 1].flatMap((i) =>
        [-1, 1].map((j) => {
          const [x, y] = [(i * size[0]) / 2, (j * size[1]) / 2];
          return [1 + x * Math.cos(yaw) - y * Math.sin(yaw), 2 + x * Math.sin(yaw) + y * Math.cos(yaw)];
        }),
      );
      for (const axis of [0, 1]) {
        expect(min[axis]).toBeCloseTo(Math.min(...corners.map((corner) => corner[axis])), 9);
        expect(max[axis]).toBeCloseTo(Math.max(...corners.map((corner) => corner[axis])), 9);
      }
      expect([min[2], max[2]]).toEqual([3 - size[2] / 2, 3 + size[2] / 2]);
    }),
  );
});
