import { describe, expect, test } from "@jest/globals";
import { boxDistance, centroidDistance, sampleBox, sampledBoxDistance } from "@vsi/geometry";
import fc from "fast-check";
import { objectDistances } from "../../src/distances/objectDistances.ts";
import { FactsError } from "../../src/errors/factsError.ts";
import { arbitraryFacts, factsWith, objectAt } from "../support/facts.ts";

const bed = objectAt(7, "bed", [0, 0, 0], [1, 1, 1]);
const sink = objectAt(3, "sink", [3, 0, 0], [1, 2, 0.5]);
const lamp = objectAt(5, "lamp", [0, 4, 0]);
const facts = factsWith([bed, sink, lamp], { surface_distances: [{ a: 3, b: 7, distance_m: 1.75 }] });

test("surface: what the facts say of a pair, whichever comes first", () => {
  const distance = objectDistances(facts, "surface");
  expect([distance(bed, sink), distance(sink, bed)]).toEqual([1.75, 1.75]);
});

describe("surface distances that are not there", () => {
  const error = expect.objectContaining({
    code: "facts-no-surface-distances",
    message: expect.stringMatching(/scene9000_00.*surfaceDistances: true.*box, sampled or centroid/),
  });

  test("none at all: refused at once, with the way to get them", () => {
    expect(() => objectDistances(factsWith([bed, sink]), "surface")).toThrow(FactsError);
    expect(() => objectDistances(factsWith([bed, sink]), "surface")).toThrow(error);
  });

  test("not of this pair: refused, never NaN", () => {
    expect(() => objectDistances(facts, "surface")(bed, lamp)).toThrow(error);
  });
});

test("box by hand: the gap between the boxes", () => {
  expect(objectDistances(facts, "box")(bed, sink)).toBeCloseTo(2, 12);
});

test("box, sampled and centroid are geometry's, in either order and when asked again", () => {
  fc.assert(
    fc.property(arbitraryFacts, (facts) => {
      const [a, b] = facts.objects;
      fc.pre(a !== undefined && b !== undefined);
      const expected = {
        box: boxDistance(a.box, b.box),
        sampled: sampledBoxDistance(sampleBox(a.box), sampleBox(b.box)),
        centroid: centroidDistance(a, b),
      };
      for (const kind of ["box", "sampled", "centroid"] as const) {
        const distance = objectDistances(facts, kind);
        expect(distance(a, b)).toBe(expected[kind]);
        expect(distance(a, b)).toBe(expected[kind]);
        expect(distance(b, a)).toBeCloseTo(expected[kind], 9);
      }
    }),
    { numRuns: 30 },
  );
});
