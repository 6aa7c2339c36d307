import { describe, expect, test } from "@jest/globals";
import type { SceneObject, Vec3 } from "@vsi/geometry";
import fc from "fast-check";
import { VSI_BENCH } from "../../src/protocols/vsiBench.ts";
import {
  centroidsOf,
  refuseOnePlace,
  refuseStandpoint,
  refuseStraddling,
  refuseTriple,
  type Triple,
  wordOf,
} from "../../src/types/directionRules.ts";
import { DIRECTION_SECTORS } from "../../src/types/objectRelDirection.ts";
import { objectAt, turned } from "../support/facts.ts";

describe("refuseTriple", () => {
  const rules = VSI_BENCH.relativeDirection;
  const HARD = DIRECTION_SECTORS.object_rel_direction_hard;
  const MEDIUM = DIRECTION_SECTORS.object_rel_direction_medium;

  /** Standing at the origin, facing along +x; the third object has a box of `size`. */
  function asking(querying: Vec3, size: Vec3 = [0.2, 0.2, 0.2]): Triple {
    return [objectAt(0, "shelf", [0, 0, 0]), objectAt(1, "shower", [2, 0, 0]), objectAt(2, "bicycle", querying, size)];
  }

  test.each<[string, Vec3, string, number]>([
    ["0.2 m from the viewer", [0.1, 0.17, 0], "objects-too-close", 0.3],
    ["0.2 m from the object faced", [2, 0.2, 0], "objects-too-close", 0.3],
    ["over 5 m away", [1, -5, 0], "objects-too-far", 5],
    ["5 degrees off the edge", [0.2, 0.2 * Math.tan((85 * Math.PI) / 180), 0], "angle-near-edge", 10],
  ])("%s: refused", (_, querying, code, limit) => {
    expect(refuseTriple(asking(querying), HARD, rules)).toMatchObject({ code, limit, object_ids: [0, 1, 2] });
  });

  test("clear of everything: passed", () => {
    expect(refuseTriple(asking([2, 2, 3]), HARD, rules)).toBeNull();
  });

  describe("corners in another sector", () => {
    // The centroid lies 45 degrees to the left; the box is long enough for two of its upright edges, four corners, to
    // pass 90.
    const long = asking([1, 1, 0], [2.2, 0.2, 1]);

    test("four of eight: refused with their number", () => {
      expect(refuseStraddling(long, HARD, rules)).toMatchObject({
        code: "box-across-sectors",
        value: 4,
        limit: 2,
        unit: "count",
        object_ids: [0, 1, 2],
      });
    });

    test("two of eight, where the limit is two: passed", () => {
      // A box on one corner: turned 45 degrees, one upright edge alone reaches past 90 degrees.
      const [positioning, orienting, querying] = asking([1, 1.2, 0], [1.6, 1.6, 1]);
      const onCorner: Triple = [positioning, orienting, turned(querying, Math.PI / 4)];
      const far = refuseStraddling(onCorner, HARD, { ...rules, mostCornersElsewhere: 1 });
      expect(far).toMatchObject({ value: 2 });
      expect(refuseStraddling(onCorner, HARD, rules)).toBeNull();
    });

    test("none, where the words are the same beyond: 90 degrees is no edge of medium", () => {
      expect(refuseStraddling(long, MEDIUM, { ...rules, mostCornersElsewhere: 0 })).toBeNull();
    });

    test("the corners are the box's, wherever its centre is", () => {
      const [positioning, orienting, querying] = asking([1, 1, 0]);
      const elsewhere = { ...querying, box: { ...querying.box, center: [-1, -1, 0] as Vec3 } };
      expect(refuseStraddling([positioning, orienting, elsewhere], HARD, rules)).toMatchObject({ value: 8 });
    });
  });
});

/** The word by the difference of two compass headings, and the sectors' own words. */
function wordFrom([x, y]: readonly number[], orienting: SceneObject, querying: SceneObject, type: string): string {
  const heading = ({ centroid }: SceneObject) => (Math.atan2(centroid[1] - y!, centroid[0] - x!) * 180) / Math.PI;
  const left = (heading(querying) - heading(orienting) + 720) % 360;
  const side = left > 0 && left <= 180 ? "left" : "right";
  const turn = Math.min(left, 360 - left);
  if (type === "object_rel_direction_easy") return side;
  if (type === "object_rel_direction_medium") return turn >= 135 ? "back" : side;
  return `${turn >= 90 ? "back" : "front"}-${side}`;
}

describe("wordOf", () => {
  const place = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }));

  test.each(Object.entries(DIRECTION_SECTORS))("%s: as two compass headings say, off the edges", (type, sectors) => {
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        const [one, two, three] = [a, b, c].map(([x, y], id) => objectAt(id, `thing ${id}`, [x / 7, y / 7, id]));
        const triple: Triple = [one!, two!, three!];
        expect(centroidsOf(triple).map(([x]) => x * 7)).toEqual([a, b, c].map(([x]) => expect.closeTo(x, 9)));
        if (refuseTriple(triple, sectors, { ...VSI_BENCH.relativeDirection, largestDistance_m: null })) return;
        expect(wordOf(triple, sectors)).toBe(wordFrom(one!.centroid, two!, three!, type));
      }),
    );
  });
});

describe("refuseStandpoint", () => {
  const standpoints = { standoff_m: 0.3, leastAgreeing: 0.75, leastAgreeingAligned: 0, highest_m: 1.8 };
  const rules = { ...VSI_BENCH.relativeDirection, standpoints };
  const HARD = DIRECTION_SECTORS.object_rel_direction_hard;

  test("null rules: the centroid is the standpoint", () => {
    const [bed, tv, sofa] = [
      objectAt(0, "bed", [0, 0, 9]),
      objectAt(1, "tv", [1, 0, 0]),
      objectAt(2, "sofa", [1, 1, 0]),
    ];
    expect(refuseStandpoint([bed, tv, sofa], 0, HARD, VSI_BENCH.relativeDirection)).toBeNull();
  });

  test.each([
    ["a ceiling light", 2.4, "no-standpoint"],
    ["a picture within reach", 1.7, null],
  ])("%s, %d m over the floor: %s", (_, height_m, code) => {
    const lamp = objectAt(0, "lamp", [0, 0, 5 + height_m + 0.1]);
    const triple: Triple = [lamp, objectAt(1, "tv", [3, 0, 5]), objectAt(2, "sofa", [3, 3, 5])];
    const refusal = refuseStandpoint(triple, 5, HARD, rules);
    if (code === null) expect(refusal).toBeNull();
    else {
      expect(refusal).toMatchObject({ code, limit: 1.8, unit: "m", object_ids: [0, 1, 2] });
      expect(refusal!.value).toBeCloseTo(height_m, 9);
    }
  });

  test('regression, "standing by the bed and facing the pillow": beside a long bed the answer depends on the side', () => {
    const bed = objectAt(0, "bed", [0, 0, 0.3], [2, 1.6, 0.6]);
    const pillow = objectAt(1, "pillow", [0.8, 0.1, 0.6]);
    const light = objectAt(2, "light", [-1.5, 0.4, 2.4]);
    expect(
      refuseStandpoint([bed, pillow, light], 0, DIRECTION_SECTORS.object_rel_direction_medium, rules),
    ).toMatchObject({
      code: "standpoints-disagree",
      unit: "count",
      object_ids: [0, 1, 2],
    });
  });

  /** The share of a dense walk around the footprint at which the word is the centroid's: a circle rolls about it. */
  function shareAgreeing([positioning, orienting, querying]: Triple, type: string, yaw: number): number {
    const [width, depth] = positioning.box.size;
    const points: [number, number][] = [];
    const step = 0.01;
    const [w, d, r] = [width / 2, depth / 2, standpoints.standoff_m];
    for (let along = -w; along < w; along += step) points.push([along, d + r], [along, -d - r]);
    for (let along = -d; along < d; along += step) points.push([w + r, along], [-w - r, along]);
    for (let angle = 0; angle < 2 * Math.PI; angle += step / r) {
      const [x, y] = [Math.cos(angle), Math.sin(angle)];
      points.push([Math.sign(x) * w + r * x, Math.sign(y) * d + r * y]);
    }
    const placed = points.map(([x, y]) => [
      positioning.centroid[0] + x * Math.cos(yaw) - y * Math.sin(yaw),
      positioning.centroid[1] + x * Math.sin(yaw) + y * Math.cos(yaw),
    ]);
    const word = wordFrom(positioning.centroid, orienting, querying, type);
    return placed.filter((point) => wordFrom(point, orienting, querying, type) === word).length / placed.length;
  }

  test.each(Object.entries(DIRECTION_SECTORS))(
    "%s: as the share of a dense walk around the object says, but for what sixteen places cannot tell",
    (type, sectors) => {
      // Doubles would be near 0 mostly.
      const metres = (min: number, max: number) => fc.integer({ min, max }).map((centimetres) => centimetres / 100);
      const place = fc.tuple(metres(-500, 500), metres(-500, 500));
      const side = metres(10, 200);
      const yaw = fc.double({ min: 0, max: Math.PI, noNaN: true });
      const seen = { passed: 0, refused: 0 };
      fc.assert(
        fc.property(place, place, fc.tuple(side, side), yaw, ([bx, by], [cx, cy], [width, depth], yaw) => {
          const bed = turned(objectAt(0, "bed", [0.3, -0.2, 0.3], [width, depth, 0.6]), yaw);
          const triple: Triple = [bed, objectAt(1, "tv", [bx, by, 1]), objectAt(2, "sofa", [cx, cy, 1])];
          if (refuseTriple(triple, sectors, { ...rules, largestDistance_m: null })) return;
          const share = shareAgreeing(triple, type, yaw);
          const refusal = refuseStandpoint(triple, 0, sectors, rules);
          // A sector's edge may cut the walk in two places, each between two of the sixteen.
          if (share > 0.75 + 0.125) expect(refusal).toBeNull();
          if (share < 0.75 - 0.125) expect(refusal).toMatchObject({ code: "standpoints-disagree", limit: 12 });
          if (refusal) expect(Math.abs(refusal.value! / 16 - share)).toBeLessThanOrEqual(0.125 + 1e-9);
          seen[refusal ? "refused" : "passed"] += 1;
        }),
        { numRuns: 200 },
      );
      expect(seen.passed).toBeGreaterThan(20);
      expect(seen.refused).toBeGreaterThan(20);
    },
  );
});

describe("refuseOnePlace", () => {
  const at = (x: number, y: number, z: number) => objectAt(0, "bed", [x, y, z]);

  test.each<[string, Triple, string]>([
    ["the object faced", [at(1, 1, 0), at(1, 1, 3), at(2, 2, 0)], "orienting"],
    ["the object asked about", [at(1, 1, 0), at(2, 2, 0), at(1, 1, 3)], "querying"],
  ])("%s over the viewer: no direction", (_, triple, place) => {
    expect(() => refuseOnePlace(triple, { scene_name: "scene9000_00" })).toThrow(
      expect.objectContaining({ code: "query-one-place", detail: expect.objectContaining({ place }) }),
    );
  });

  test("two others in one place are in one direction", () => {
    refuseOnePlace([at(0, 0, 0), at(1, 1, 0), at(1, 1, 0)], { scene_name: "scene9000_00" });
  });
});
