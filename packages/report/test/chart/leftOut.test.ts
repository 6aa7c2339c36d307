import { expect, test } from "@jest/globals";
import { countLeftOut } from "../../src/chart/leftOut.ts";

test("counts what no axis can show, each by its reason", () => {
  const leftOut = countLeftOut();
  const kept = [1, Number.NaN, -5, 1e200, 1e-200, Number.NEGATIVE_INFINITY].map((value) =>
    leftOut.keep(value, "linear"),
  );
  expect(kept).toEqual([1, null, -5, null, 0, null]);
  expect([0, -1, 2].map((value) => leftOut.keep(value, "logarithmic"))).toEqual([null, null, 2]);
  expect(leftOut.notes()).toEqual([
    "2 values are not finite",
    "1 value is beyond 1e+100",
    "2 values are not above zero, which a logarithmic axis needs",
  ]);
});

test("says nothing when nothing was left out", () => {
  const leftOut = countLeftOut();
  leftOut.keep(1, "linear");
  expect(leftOut.notes()).toEqual([]);
});
