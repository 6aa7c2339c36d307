import { expect, test } from "@jest/globals";
import { stepsFrom } from "../../src/camera/stepsFrom.ts";

test("the fewest steps to each point, -1 where no way leads", () => {
  // A ring of five, a tail at 2 and an island.
  const neighbours = [[1, 4], [0, 2], [1, 3, 5], [2, 4], [3, 0], [2], [7], [6], []];
  expect([...stepsFrom({ neighbours }, 0)]).toEqual([0, 1, 2, 2, 1, 3, -1, -1, -1]);
  expect([...stepsFrom({ neighbours }, 8)]).toEqual([-1, -1, -1, -1, -1, -1, -1, -1, 0]);
});
