import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { mat4, quat } from "gl-matrix";
import { isCameraPose, POSE_TOLERANCE, readMatrixText } from "../../src/camera/pose.ts";
import { mutatedBytes } from "../support/mutatedBytes.ts";
import { identity } from "../support/sensBytes.ts";
import { thrownError } from "../support/thrownError.ts";

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

const encode = (text: string) => new TextEncoder().encode(text);

test("reads the numbers as written, in any spelling, whatever blanks and line ends", () => {
  // + 0: JavaScript writes -0 as "0".
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  const blank = fc.constantFrom(" ", "  ", "\t");
  const lineEnd = fc.constantFrom("\n", "\r\n", " \n", "\n\n");
  fc.assert(
    fc.property(fc.array(number, { minLength: 16, maxLength: 16 }), blank, lineEnd, (numbers, between, end) => {
      const rows = [0, 4, 8, 12].map(
        (start) =>
          numbers
            .slice(start, start + 4)
            .map(String)
            .join(between) + end,
      );
      expect([...readMatrixText(encode(rows.join("")), "pose")]).toEqual(numbers);
    }),
  );
});

test.each(["-inf", "inf", "nan", "-nan(ind)", "-1.#INF"])("%s, as a lost pose has it, is read as NaN", (word) => {
  expect([...readMatrixText(encode(`${word} 1 1 1\n`.repeat(4)), "pose")].map(Number.isNaN)).toEqual(
    Array.from({ length: 16 }, (_, cell) => cell % 4 === 0),
  );
});

test.each(["1,5", "0x10", "1e", "infinite", "--1"])("%s is no number", async (word) => {
  const error = await thrownError(() => readMatrixText(encode(`1 1 1 1\n1 ${word} 1 1\n`), "pose"));
  expect([error?.code, error?.detail.place, error?.detail.got]).toEqual(["matrix-bad-number", "line 2", `"${word}"`]);
});

test("however damaged: 16 numbers or a GeometryError", async () => {
  await fc.assert(
    fc.asyncProperty(mutatedBytes(encode("1 0 0 0.5\n0 1 0 -2e-3\n0 0 1 1\n0 0 0 1\n")), async (bytes) => {
      await thrownError(() => expect(readMatrixText(bytes, "pose")).toHaveLength(16));
    }),
  );
});
