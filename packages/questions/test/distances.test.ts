import { describe, expect, test } from "@jest/globals";
import { boxDistance, centroidDistance, sampleBox, sampledBoxDistance, type Vec3 } from "@vsi/geometry";
import fc from "fast-check";
import { cameraDistance, distanceKindOf, measuredPoints, nearestInstances, objectDistances } from "../src/distances.ts";
import { FactsError } from "../src/errors.ts";
import { arbitraryFacts, factsWith, objectAt, turned } from "./support/facts.ts";

describe("objectDistances", () => {
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
});

describe("measuredPoints", () => {
  const bed = objectAt(7, "bed", [0, 0, 0], [1, 1, 1]);
  const sink = objectAt(3, "sink", [3, 0, 0], [1, 2, 0.5]);
  const closest: [Vec3, Vec3] = [
    [2.6, 0.4, 0],
    [0.5, 0.3, 0.2],
  ];
  const known = factsWith([bed, sink], { surface_distances: [{ a: 3, b: 7, distance_m: 2.112, closest }] });

  test("surface: the facts' points, that of the object asked for first", () => {
    const measured = measuredPoints(known, "surface");
    expect(measured(sink, bed)).toEqual(closest);
    expect(measured(bed, sink)).toEqual(closest.toReversed());
  });

  test("surface, in facts of 0.1 that do not know the points: those of the boxes", () => {
    const old = factsWith([bed, sink], { surface_distances: [{ a: 3, b: 7, distance_m: 2.112 }] });
    for (const facts of [old, factsWith([bed, sink])]) {
      const [ofBed, ofSink] = measuredPoints(facts, "surface")(bed, sink);
      expect([ofBed[0], ofSink[0]]).toEqual([0.5, 2.5]);
    }
  });

  test("of every kind they are as far apart as the distance says", () => {
    fc.assert(
      fc.property(arbitraryFacts, (facts) => {
        const [a, b] = facts.objects;
        fc.pre(a !== undefined && b !== undefined);
        for (const kind of ["box", "sampled", "centroid"] as const) {
          const [from, to] = measuredPoints(facts, kind)(a, b);
          const length = Math.hypot(...from.map((value, axis) => value - to[axis]));
          expect(length).toBeCloseTo(objectDistances(facts, kind)(a, b), 9);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("distanceKindOf", () => {
  test("surface where the facts have surface distances, be they empty; else the next", () => {
    expect(distanceKindOf(factsWith([], { surface_distances: [] }), ["surface", "box"])).toBe("surface");
    expect(distanceKindOf(factsWith([]), ["surface", "box"])).toBe("box");
    expect(distanceKindOf(factsWith([], { surface_distances: [] }), ["centroid"])).toBe("centroid");
  });

  test("the last when none is there, for objectDistances to refuse", () => {
    expect(distanceKindOf(factsWith([]), ["surface"])).toBe("surface");
  });
});

describe("nearestInstances", () => {
  const chairs = [objectAt(0, "chair", [0, 0, 0]), objectAt(1, "chair", [5, 0, 0])];
  const doors = [objectAt(2, "door", [-3, 0, 0]), objectAt(3, "door", [7, 0, 0])];

  test("the closest of all pairs", () => {
    const { a, b, distance_m } = nearestInstances(chairs, doors, centroidDistance);
    expect([a.id, b.id, distance_m]).toEqual([1, 3, 2]);
  });

  test("of equally close pairs the first", () => {
    const { a, b } = nearestInstances(chairs, doors, () => 1);
    expect([a.id, b.id]).toEqual([0, 2]);
  });
});

describe("cameraDistance", () => {
  const coordinate = fc.double({ min: -5, max: 5, noNaN: true });
  const point = fc.tuple(coordinate, coordinate, coordinate);
  const length = fc.double({ min: 0, max: 3, noNaN: true });

  test("known distances to a cube of 2 m: off a face, an edge, a corner; 0 inside", () => {
    const cube = objectAt(0, "cube", [0, 0, 0], [2, 2, 2]);
    const places: Vec3[] = [
      [3, 0, 0],
      [4, 5, 0],
      [2, 3, 3],
      [0.5, 0, 0],
    ];
    expect(places.map((position) => cameraDistance({ position, distances_m: new Map() }, cube, "box"))).toEqual([
      2, 5, 3, 0,
    ]);
  });

  test("to the closest vertex where that is meant and known", () => {
    const cube = objectAt(4, "cube", [0, 0, 0], [2, 2, 2]);
    const frame = { position: [3, 0, 0] as Vec3, distances_m: new Map([[4, 2.5]]) };
    expect(cameraDistance(frame, cube, "mesh")).toBe(2.5);
    expect(cameraDistance(frame, cube, "box")).toBe(2);
    expect(cameraDistance({ ...frame, distances_m: new Map([[5, 2.5]]) }, cube, "mesh")).toBe(2);
  });

  test("the length to the point of the box that clamping gives, in the box's own axes", () => {
    fc.assert(
      fc.property(point, point, fc.tuple(length, length, length), coordinate, (position, centre, size, yaw) => {
        const object = turned(objectAt(0, "box", centre, size), yaw);
        const [dx, dy, dz] = position.map((value, axis) => value - centre[axis]!) as Vec3;
        const local = [Math.cos(yaw) * dx + Math.sin(yaw) * dy, Math.cos(yaw) * dy - Math.sin(yaw) * dx, dz];
        const gap = local.map((value, axis) => value - Math.min(size[axis]! / 2, Math.max(-size[axis]! / 2, value)));
        expect(cameraDistance({ position, distances_m: new Map([[0, 99]]) }, object, "box")).toBeCloseTo(
          Math.hypot(...gap),
          8,
        );
      }),
    );
  });
});
