import { expect, test } from "@jest/globals";
import { refuseAppearances } from "../../src/tasks/refuseAppearances.ts";

const at = (...places: [time: number, frame: number][]) =>
  places.map(([time_s, number], index) => ({
    label: `thing ${index}`,
    object_id: index,
    time_s,
    frame: { name: `${number}.jpg`, number },
  }));

test("clear in time and in the sampled frames: passed", () => {
  expect(refuseAppearances(at([0, 1], [1.5, 2], [4, 5], [9, 6]))).toBeNull();
});

test("a second apart and no more, wherever in the order", () => {
  expect(refuseAppearances(at([0, 1], [2, 2], [4, 5], [5, 6]))).toMatchObject({
    code: "appearances-too-close",
    value: 1,
    limit: 1,
    unit: "s",
    object_ids: [0, 1, 2, 3],
  });
});

test.each([
  ["first in the same sampled frame", 2],
  ["first in the other order", 1],
])("%s", (_, second) => {
  expect(refuseAppearances(at([0, 2], [3, second], [6, 5], [9, 6]))).toMatchObject({
    code: "order-not-in-frames",
    value: null,
    limit: null,
  });
});
