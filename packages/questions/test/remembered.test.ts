import { expect, test } from "@jest/globals";
import { remembered } from "../src/remembered.ts";

test("makes a value once, also 0 and empty text; what throws is tried again", () => {
  const known = new Map<string, number | string>();
  expect([remembered(known, "a", () => 0), remembered(known, "a", () => 1)]).toEqual([0, 0]);
  expect([remembered(known, "b", () => ""), remembered(known, "b", () => "x")]).toEqual(["", ""]);
  const fail = () => {
    throw new RangeError("no");
  };
  expect(() => remembered(known, "c", fail)).toThrow(RangeError);
  expect(remembered(known, "c", () => 2)).toBe(2);
});
