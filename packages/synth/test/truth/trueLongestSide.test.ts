import { expect, test } from "@jest/globals";
import { trueLongestSide } from "../../src/index.ts";
import { truthOf } from "./truthOf.ts";

test("is the longest of the three sides in centimetres", () => {
  expect(trueLongestSide(truthOf(["lamp", [0, 0, 0]]), "lamp")).toBeCloseTo(120, 12);
});

test("the shell has no size", () => {
  const truth = truthOf(["floor", [0, 0, 0]]);
  truth.objects[0].box = null;
  expect(() => trueLongestSide(truth, "floor")).toThrow(expect.objectContaining({ code: "no-box" }));
});
