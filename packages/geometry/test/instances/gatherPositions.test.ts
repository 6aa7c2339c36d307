import { describe, expect, test } from "@jest/globals";
import { gatherPositions } from "../../src/instances/gatherPositions.ts";

describe("gatherPositions", () => {
  test("copies the vertices asked for, in the order asked for", () => {
    const positions = [0, 1, 2, 10, 11, 12, 20, 21, 22];
    expect([...gatherPositions(positions, Uint32Array.of(2, 0, 2))]).toEqual([20, 21, 22, 0, 1, 2, 20, 21, 22]);
    expect(gatherPositions(positions, new Uint32Array(0))).toHaveLength(0);
  });
});
