import { expect, test } from "@jest/globals";
import { foldEquations, withoutFold } from "../../../src/audit/blind/normalEquations.ts";

test("a fold's rows are in its own sums alone, and in none of what is left without it", () => {
  const features = { size: 3, rows: [Uint16Array.of(0, 1), Uint16Array.of(0, 2), Uint16Array.of(0, 1)] };
  const equations = foldEquations(features, [5, 7, 100], Uint8Array.of(0, 1, 4));
  expect([...equations[4]!.products]).toEqual([1, 1, 0, 1, 1, 0, 0, 0, 0]);
  expect([...equations[4]!.targets]).toEqual([100, 100, 0]);
  const { products, targets } = withoutFold(equations, 4);
  expect([...products]).toEqual([2, 1, 1, 1, 1, 0, 1, 0, 1]);
  expect([...targets]).toEqual([12, 5, 7]);
});
