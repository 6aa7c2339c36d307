import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { trueDirection } from "../../src/index.ts";
import { truthOf } from "./truthOf.ts";

describe("trueDirection", () => {
  test("standing at the origin and facing +y, +x is right and -x is left (VSI-Bench's picture)", () => {
    const truth = truthOf(["bed", [0, 0, 0]], ["tv", [0, 2, 1]], ["lamp", [1, 1, 0]], ["desk", [-1, 1, 5]]);
    expect(trueDirection(truth, "bed", "tv", "lamp")).toEqual({ side: "right", degrees: expect.closeTo(-45, 9) });
    expect(trueDirection(truth, "bed", "tv", "desk")).toEqual({ side: "left", degrees: expect.closeTo(45, 9) });
  });

  test("agrees with the sign of the cross product, and mirrors when the room is mirrored", () => {
    const coordinate = fc.integer({ min: -50, max: 50 });
    const point = fc.tuple(coordinate, coordinate);
    fc.assert(
      fc.property(point, point, point, (a, b, c) => {
        const cross = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        fc.pre(cross !== 0);
        const room = (sign: number) =>
          truthOf(["a", [sign * a[0], a[1], 0]], ["b", [sign * b[0], b[1], 0]], ["c", [sign * c[0], c[1], 0]]);
        expect(trueDirection(room(1), "a", "b", "c").side).toBe(cross > 0 ? "left" : "right");
        expect(trueDirection(room(-1), "a", "b", "c").side).toBe(cross > 0 ? "right" : "left");
      }),
    );
  });

  test("a label that occurs twice or never has no direction", () => {
    const truth = truthOf(["bed", [0, 0, 0]], ["tv", [0, 2, 1]], ["chair", [1, 1, 0]], ["chair", [2, 1, 0]]);
    for (const label of ["chair", "piano"]) {
      expect(() => trueDirection(truth, "bed", "tv", label)).toThrow(
        expect.objectContaining({ code: "label-not-unique" }),
      );
    }
  });
});
