import { expect, test } from "@jest/globals";
import { pointsAlong } from "../../src/camera/pointsAlong.ts";

test("equal distances along the path, corners and doubled points included, from the first point to the last", () => {
  expect(
    pointsAlong(
      [
        [0, 0],
        [3, 0],
        [3, 0],
        [3, 1],
      ],
      5,
    ),
  ).toEqual([
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 0],
    [3, 1],
  ]);
});

test("one point is the first; a path without length stays there", () => {
  expect(
    pointsAlong(
      [
        [1, 2],
        [5, 2],
      ],
      1,
    ),
  ).toEqual([[1, 2]]);
  expect(pointsAlong([[1, 2]], 3)).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
  expect(
    pointsAlong(
      [
        [1, 2],
        [1, 2],
      ],
      2,
    ),
  ).toEqual([
    [1, 2],
    [1, 2],
  ]);
});
