import { describe, expect, test } from "@jest/globals";
import type { Vec3 } from "@vsi/geometry";
import { VSI_BENCH } from "../../src/protocols/vsiBench.ts";
import { DIRECTION_SECTORS } from "../../src/tasks/directionSectors.ts";
import { refuseStraddling, refuseTriple, type Triple } from "../../src/tasks/refuseTriple.ts";
import { objectAt, turned } from "../support/facts.ts";

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
  // The centroid lies 45 degrees to the left; the box is long enough for two of its upright edges, four corners, to pass 90.
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
