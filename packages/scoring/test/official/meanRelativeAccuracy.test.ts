import { describe, expect, test } from "@jest/globals";
import { MEAN_RELATIVE_ACCURACY_THRESHOLDS, meanRelativeAccuracy } from "../../src/official/meanRelativeAccuracy.ts";
import { bits, hasPython, PYTHON_BITS, runPython } from "./python.ts";

describe("meanRelativeAccuracy", () => {
  (hasPython ? test : test.skip)(
    "the thresholds are numpy.linspace's doubles (its arithmetic, where numpy is missing)",
    () => {
      const program = `${PYTHON_BITS}
json.load(sys.stdin)
try:
    import numpy
    values = [float(x) for x in numpy.linspace(0.5, 0.95, 10)]
except ImportError:
    step = (0.95 - 0.5) / 9
    values = [0.5 + i * step for i in range(9)] + [0.95]
print(json.dumps([bits(x) for x in values]))`;
      expect(MEAN_RELATIVE_ACCURACY_THRESHOLDS.map(bits)).toEqual(runPython(program, null));
    },
  );

  test("counts the thresholds that the relative error passes", () => {
    expect(meanRelativeAccuracy(10, 10)).toBe(1);
    expect(meanRelativeAccuracy(12, 10)).toBe(0.6);
    expect(meanRelativeAccuracy(5, 10)).toBe(0.1);
    expect(meanRelativeAccuracy(4.9, 10)).toBe(0);
    expect(meanRelativeAccuracy(-10, 10)).toBe(0);
  });

  test("regression: the ninth threshold is below 0.9, so an error of exactly a tenth passes it", () => {
    expect(meanRelativeAccuracy(11, 10)).toBe(0.9);
  });

  test("follows IEEE 754 for infinities, NaN and a negative truth", () => {
    expect([Number.NaN, Infinity, -Infinity].map((predicted) => meanRelativeAccuracy(predicted, 2))).toEqual([0, 0, 0]);
    expect(meanRelativeAccuracy(7, -2)).toBe(1);
  });
});
