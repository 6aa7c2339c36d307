import { expect, test } from "@jest/globals";
import { trueCount } from "../../src/index.ts";
import { truthOf } from "./truthOf.ts";

test("counts equal labels only, and 0 where there is none", () => {
  const truth = truthOf(["chair", [0, 0, 0]], ["office chair", [1, 0, 0]], ["chair", [2, 0, 0]]);
  expect([trueCount(truth, "chair"), trueCount(truth, "office chair"), trueCount(truth, "bed")]).toEqual([2, 1, 0]);
});
