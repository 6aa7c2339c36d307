import { describe, expect, test } from "@jest/globals";
import { centroidDistance } from "../../src/distances/centroidDistance.ts";

describe("centroidDistance", () => {
  test("is the length of the way in three dimensions, either way round", () => {
    const shower = { centroid: [1, 2, 3] as [number, number, number] };
    const counter = { centroid: [3, 5, 9] as [number, number, number] };
    expect(centroidDistance(shower, counter)).toBe(7);
    expect(centroidDistance(counter, shower)).toBe(7);
    expect(centroidDistance(shower, shower)).toBe(0);
  });
});
