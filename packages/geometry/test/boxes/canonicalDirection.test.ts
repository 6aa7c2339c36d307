import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { canonicalDirection } from "../../src/boxes/canonicalDirection.ts";
import type { Vec3 } from "../../src/sceneFacts.ts";

describe("canonicalDirection", () => {
  test("gives a direction and its opposite the same result, with the largest component positive", () => {
    const component = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(component, component, component), (direction) => {
        fc.pre(direction.some((value) => value !== 0));
        const canonical = canonicalDirection(direction);
        const opposite = canonicalDirection(direction.map((value) => -value) as Vec3);
        expect(Math.max(...canonical)).toBe(Math.max(...direction.map(Math.abs)));
        for (let axis = 0; axis < 3; axis++) expect(canonical[axis] === opposite[axis]).toBe(true);
      }),
      // Two components of equal size and opposite sign: the first decides.
      { examples: [[[0.5, -0.5, 0.1]]] },
    );
  });
});
