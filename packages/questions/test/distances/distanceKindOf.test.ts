import { expect, test } from "@jest/globals";
import { distanceKindOf } from "../../src/distances/distanceKindOf.ts";
import { factsWith } from "../support/facts.ts";

test("surface where the facts have surface distances, be they empty; else the next", () => {
  expect(distanceKindOf(factsWith([], { surface_distances: [] }), ["surface", "box"])).toBe("surface");
  expect(distanceKindOf(factsWith([]), ["surface", "box"])).toBe("box");
  expect(distanceKindOf(factsWith([], { surface_distances: [] }), ["centroid"])).toBe("centroid");
});

test("the last when none is there, for objectDistances to refuse", () => {
  expect(distanceKindOf(factsWith([]), ["surface"])).toBe("surface");
});
