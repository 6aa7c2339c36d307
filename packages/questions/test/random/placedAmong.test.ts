import { expect, test } from "@jest/globals";
import { placedAmong } from "../../src/random/placedAmong.ts";
import { testStream } from "../support/stream.ts";

test.each([0, 1, 2, 3])("the answer stands at place %d, the others around it", (place) => {
  const placed = placedAmong("answer", ["x", "y", "z"], place, testStream(place));
  expect(placed.indexOf("answer")).toBe(place);
  expect([...placed].sort()).toEqual(["answer", "x", "y", "z"]);
});

test("the others come in every order, and stay untouched", () => {
  const others = ["x", "y", "z"];
  const orders = Array.from({ length: 200 }, (_, seed) => placedAmong("a", others, 1, testStream(seed)).join());
  expect(new Set(orders).size).toBe(6);
  expect(others).toEqual(["x", "y", "z"]);
});
