import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { mat4, quat } from "gl-matrix";
import { isCameraPose, POSE_TOLERANCE } from "../../src/stream/isCameraPose.ts";
import { identity } from "./sensBytes.ts";

const coordinate = fc.double({ min: -100, max: 100, noNaN: true });
/** Row-major poses; gl-matrix stores columns. */
const pose = fc
  .tuple(fc.tuple(coordinate, coordinate, coordinate, coordinate), fc.tuple(coordinate, coordinate, coordinate))
  .filter(([turn]) => Math.hypot(...turn) > 0.001)
  .map(([turn, move]) => {
    const turned = quat.normalize(quat.create(), turn);
    return [...mat4.transpose(mat4.create(), mat4.fromRotationTranslation(mat4.create(), turned, move))];
  })
  .filter(([first]) => first !== 0);

test("every rotation with a translation is a pose, rounded to float32 and to ScanNet's six decimals", () => {
  fc.assert(
    fc.property(pose, (matrix) => {
      expect(isCameraPose(Float32Array.from(matrix))).toBe(true);
      fc.pre(Math.abs(matrix[0]) > 1e-6);
      expect(isCameraPose(matrix.map((cell) => Number(cell.toFixed(6))))).toBe(true);
    }),
  );
});

test("no pose is scaled, mirrored, sheared, has another last row, or holds NaN or an infinity anywhere", () => {
  fc.assert(
    fc.property(pose, fc.nat({ max: 15 }), fc.double({ min: 1.02, max: 10, noNaN: true }), (matrix, cell, scale) => {
      const rotation = (change: (value: number, at: number) => number) =>
        matrix.map((value, at) => (at < 12 && at % 4 !== 3 ? change(value, at) : value));
      expect(isCameraPose(rotation((value) => value * scale))).toBe(false);
      expect(isCameraPose(rotation((value) => value / scale))).toBe(false);
      expect(isCameraPose(rotation((value) => -value))).toBe(false);
      expect(isCameraPose(rotation((value, at) => (at < 4 ? matrix[at + 4] : value)))).toBe(false);
      expect(isCameraPose(matrix.with(12 + (cell % 4), 0.5))).toBe(false);
      for (const broken of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        expect(isCameraPose(matrix.with(cell, broken))).toBe(false);
      }
    }),
  );
});

test.each([
  ["all -inf, as ScanNet marks lost tracking", Array<number>(16).fill(Number.NEGATIVE_INFINITY), false],
  ["all 0", Array<number>(16).fill(0), false],
  ["a first element of 0", [0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], false],
  ["a translation of kilometres", identity.with(3, 1e6), true],
  ["just within the tolerance", identity.with(1, 0.9 * POSE_TOLERANCE), true],
  ["just outside", identity.with(1, 1.1 * POSE_TOLERANCE), false],
])("%s", (_, matrix, expected) => {
  expect(isCameraPose(matrix)).toBe(expected);
});
