import { expect, test } from "@jest/globals";
import { countBy } from "../../../src/audit/baselines/countBy.ts";

test("countBy counts in the order of first occurrence, names of Object's own members too", () => {
  expect([...countBy(["b", "a", "b", "constructor"])]).toEqual([
    ["b", 2],
    ["a", 1],
    ["constructor", 1],
  ]);
  expect([...countBy([])]).toEqual([]);
});
