import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { worldToCamera } from "../../src/visibility/worldToCamera.ts";
import { thrownCode } from "../thrownError.ts";
import { boxRoomView, lookAlong } from "./boxRoom.ts";

function multiply(a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: 16 }, (_, at) =>
    [0, 1, 2, 3].reduce((sum, k) => sum + a[4 * Math.floor(at / 4) + k] * b[4 * k + (at % 4)], 0),
  );
}

describe("worldToCamera", () => {
  test("times the pose is the identity", () => {
    fc.assert(
      fc.property(boxRoomView, ({ pose }) => {
        const product = multiply(worldToCamera(pose), pose);
        for (const [at, value] of product.entries()) expect(value).toBeCloseTo(at % 5 === 0 ? 1 : 0, 12);
      }),
    );
  });

  test("keeps doubles: a camera 1.000000001 m along x sees the origin that far behind", () => {
    expect(worldToCamera(lookAlong([1.000000001, 0, 0], 0, 0))[11]).toBeCloseTo(-1.000000001, 13);
  });

  test.each([
    ["all -inf, as ScanNet writes where tracking was lost", new Array(16).fill(Number.NEGATIVE_INFINITY)],
    ["NaN", lookAlong([Number.NaN, 0, 0], 0, 0)],
    ["all 0", new Array(16).fill(0)],
    ["fewer than 16 numbers", [1, 0, 0, 0]],
  ])("refuses a pose of %s", async (_, pose) => {
    expect(await thrownCode(() => worldToCamera(pose))).toBe("pose-not-invertible");
  });
});
