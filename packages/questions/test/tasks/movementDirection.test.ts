import { describe, expect, test } from "@jest/globals";
import type { Vec3 } from "@vsi/geometry";
import fc from "fast-check";
import { MOVEMENT_WORDS, movementDirection } from "../../src/tasks/movementDirection.ts";

/** Looks along +y. */
const AXES = [
  [1, 0, 0],
  [0, 0, -1],
  [0, 1, 0],
] as [Vec3, Vec3, Vec3];

test.each<[Vec3, string]>([
  [[2, 0.1, 0], "right"],
  [[-2, 0.1, 0], "left"],
  [[0, 0.1, 2], "up"],
  [[0, 0.1, -2], "down"],
  [[0.1, 2, 0], "forward"],
  [[0.1, -2, 0], "backward"],
])("%j is %s", (movement, word) => {
  expect(movementDirection(movement, AXES).word).toBe(word);
});

describe("angle and margin", () => {
  test.each<[Vec3, number, number]>([
    [[3, 0, 0], 0, 45],
    [[2, 2, 0], 45, 0],
    [[1, 1, 1], 54.7356, 0],
    [[Math.sqrt(3), 1, 0], 30, 15],
  ])("of %j", (movement, angle, margin) => {
    const direction = movementDirection(movement, AXES);
    expect(direction.angle).toBeCloseTo(angle, 3);
    expect(direction.margin).toBeCloseTo(margin, 3);
  });
});

const coordinate = fc.double({ min: -5, max: 5, noNaN: true });

test("the word is that of the nearest of six directions; within the margin no other becomes it", () => {
  const compass: Record<string, Vec3> = {
    right: [1, 0, 0],
    left: [-1, 0, 0],
    up: [0, 0, 1],
    down: [0, 0, -1],
    forward: [0, 1, 0],
    backward: [0, -1, 0],
  };
  const nearest = (movement: Vec3) => {
    const dots = MOVEMENT_WORDS.map((word) => compass[word]!.reduce((sum, value, k) => sum + value * movement[k]!, 0));
    return MOVEMENT_WORDS[dots.indexOf(Math.max(...dots))]!;
  };
  const vector = fc.tuple(coordinate, coordinate, coordinate).filter((value) => Math.hypot(...value) > 0.01);
  fc.assert(
    fc.property(vector, vector, (movement, other) => {
      const { word, margin } = movementDirection(movement, AXES);
      fc.pre(margin > 1e-6);
      expect(word).toBe(nearest(movement));
      const cosine =
        movement.reduce((sum, value, k) => sum + value * other[k]!, 0) / Math.hypot(...movement) / Math.hypot(...other);
      if ((Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI < margin) {
        expect(nearest(other)).toBe(word);
      }
    }),
    { numRuns: 500 },
  );
});
