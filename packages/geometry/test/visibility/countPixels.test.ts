import { describe, expect, test } from "@jest/globals";
import { countPixels } from "../../src/visibility/countPixels.ts";

const buffer = {
  width: 5,
  height: 1,
  inverseDepths: Float32Array.of(0.5, 0.5, 0.5, 0, 0.5),
  owners: Int32Array.of(0, 0, 1, -1, -1),
};
const tolerance = { depthTolerance: 0.1, relativeDepthTolerance: 0.01 };

function count(depth: { values: Uint16Array; shift: number } | null): number[] {
  const counts = new Uint32Array(2);
  countPixels(buffer, depth, tolerance, counts);
  return [...counts];
}

describe("countPixels", () => {
  test("counts every owner's pixels where there is no depth image", () => {
    expect(count(null)).toEqual([2, 1]);
  });

  test("counts where the reading agrees or is missing; elsewhere something else is seen", () => {
    expect(count({ values: Uint16Array.of(2050, 1500, 0, 2000, 2000), shift: 1000 })).toEqual([1, 1]);
    expect(count({ values: Uint16Array.of(2500, 1950, 2090, 0, 0), shift: 1000 })).toEqual([1, 1]);
  });

  test("reads the depth image by its own scale", () => {
    expect(count({ values: Uint16Array.of(10_000, 10_000, 10_000, 0, 0), shift: 5000 })).toEqual([2, 1]);
  });
});
