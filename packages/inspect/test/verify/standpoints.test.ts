import { describe, expect, test } from "@jest/globals";
import type { OrientedBox, SceneObject, Vec3 } from "@vsi/dataset";
import fc from "fast-check";
import { standpointsBy } from "../../../questions/src/scene/standpoints.ts";
import { checkStandpoints } from "../../src/verify/standpoints.ts";

type FloorPoint = readonly [number, number];

const RULES = { standoff_m: 0.3, leastAgreeing: 0.8, leastAgreeingAligned: 0.75, highest_m: 1.8 };

const UPRIGHT: OrientedBox["axes"] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

function objectOf(box: OrientedBox, bottom_m = 0): SceneObject {
  const [min, max]: [Vec3, Vec3] = [
    [-1, -1, bottom_m],
    [1, 1, bottom_m + 1],
  ];
  return {
    ...{ id: 3, label: "bed", category: "bed", excluded: null, points: 500, centroid: box.center, box },
    aabb: { min, max },
  } as SceneObject;
}

/**
 * What is found, and the places that were asked about.
 *
 * @param least how much of the way round the axis-aligned box must give the answer: 0 where the test is about the other.
 */
function check(object: SceneObject, gives: (place: FloorPoint) => boolean, others: SceneObject[] = [], least = 0) {
  const found: string[] = [];
  const places: FloorPoint[] = [];
  const ask = (place: FloorPoint) => {
    places.push(place);
    return gives(place);
  };
  const rules = { ...RULES, leastAgreeingAligned: least };
  checkStandpoints(object, { objects: [object, ...others] }, rules, ask, (what) => found.push(what));
  // Those around the axis-aligned box come after those around the other.
  return { found, places: places.slice(0, places.length / 2) };
}

/** A number of thousandths. */
function thousandths(min: number, max: number) {
  return fc.integer({ min: 1000 * min, max: 1000 * max }).map((number) => number / 1000);
}

/** Tilted and turned boxes. @param thinnest the shortest side, metres. */
function boxesFrom(thinnest: number) {
  const turns = fc.tuple(...[0, 1, 2].map(() => thousandths(-3, 3)));
  const size = fc.tuple(...[0, 1, 2].map(() => fc.oneof(fc.constant(thinnest), thousandths(thinnest, 4))));
  return fc
    .record({ turns, size })
    .map(({ turns: [a = 0, b = 0, c = 0], size: [u = 0, v = 0, w = 0] }): OrientedBox => {
      const turned = ([x, y, z]: Vec3): Vec3 => {
        const [x1, y1] = [x * Math.cos(a) - y * Math.sin(a), x * Math.sin(a) + y * Math.cos(a)];
        const [y2, z2] = [y1 * Math.cos(b) - z * Math.sin(b), y1 * Math.sin(b) + z * Math.cos(b)];
        return [x1 * Math.cos(c) - y2 * Math.sin(c), x1 * Math.sin(c) + y2 * Math.cos(c), z2];
      };
      const [first, second, third] = UPRIGHT;
      return { center: [2, -1, 1], size: [u, v, w], axes: [turned(first), turned(second), turned(third)] };
    });
}

/** Flat ones, lines and points among them. */
const boxes = boxesFrom(0);

const solidBoxes = boxesFrom(0.02);

/** Metres on the floor from a place outside a box to it: the nearest of its twelve edges is the nearest of it. */
function distanceTo({ center, size, axes }: OrientedBox, [x, y]: FloorPoint): number {
  const corner = (signs: readonly number[]): FloorPoint => {
    const along = (axis: 0 | 1) =>
      axes.reduce(
        (sum, side, index) => sum + ((signs[index] ?? 0) * (size[index] ?? 0) * side[axis]) / 2,
        center[axis],
      );
    return [along(0), along(1)];
  };
  const distances = [0, 1, 2].flatMap((side) =>
    [0, 1, 2, 3].map((which) => {
      const others = [which & 1 ? 1 : -1, which & 2 ? 1 : -1];
      const [from, to] = [-1, 1].map((sign) => corner(others.toSpliced(side, 0, sign))) as [FloorPoint, FloorPoint];
      const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
      const length = dx * dx + dy * dy;
      const share = length === 0 ? 0 : ((x - from[0]) * dx + (y - from[1]) * dy) / length;
      const nearest = Math.min(1, Math.max(0, share));
      return Math.hypot(from[0] + nearest * dx - x, from[1] + nearest * dy - y);
    }),
  );
  return Math.min(...distances);
}

describe("where somebody stands who stands by an object", () => {
  test("every place is the standoff away from the box, and as far from the next as the others", () => {
    fc.assert(
      fc.property(boxes, (box) => {
        const { places } = check(objectOf(box), () => true);
        const errors_m = places.map((place) => Math.abs(distanceTo(box, place) - RULES.standoff_m));
        expect(Math.max(...errors_m)).toBeLessThan(1e-4);
        const steps = places.map(([x, y], index) => {
          const [nextX, nextY] = places[(index + 1) % places.length] ?? [0, 0];
          return Math.hypot(nextX - x, nextY - y);
        });
        // A chord across a corner is shorter than the way round it.
        const longest = Math.max(...steps);
        expect(Math.min(...steps)).toBeGreaterThan(0.85 * longest);
      }),
    );
  });

  test("the generator's places lie on the same way", () => {
    fc.assert(
      fc.property(solidBoxes, (box) => {
        const { places } = check(objectOf(box), () => true);
        const step_m = Math.max(
          ...places.map(([x, y], index) => {
            const [nextX, nextY] = places[(index + 1) % places.length] ?? [0, 0];
            return Math.hypot(nextX - x, nextY - y);
          }),
        );
        for (const [x, y] of standpointsBy({ box }, RULES.standoff_m)) {
          expect(Math.min(...places.map((place) => Math.hypot(place[0] - x, place[1] - y)))).toBeLessThan(
            0.51 * step_m,
          );
        }
      }),
    );
  });
});

describe("what is refused", () => {
  const table = objectOf({ center: [0, 0, 0.5], size: [2, 1, 1], axes: UPRIGHT });
  // Four sides and a circle of the standoff's radius.
  const around_m = 6 + 2 * Math.PI * RULES.standoff_m;

  /** Whether a place is not on the last `way_m` of the long side to the left. */
  const exceptOn =
    (way_m: number, from_m = -1) =>
    ([x, y]: FloorPoint) =>
      !(y > 0.79 && x > from_m && x < from_m + way_m);

  test("a stretch of more than a quarter of the way", () => {
    expect(check(table, exceptOn(0.24 * around_m)).found).toEqual([]);
    expect(check(table, ([x, y]) => exceptOn(2)([x, y]) && x < 1).found).toEqual([
      expect.stringMatching(/^another answer on \d\d\.\d % of the way round id 3$/),
    ]);
  });

  test("the share that it names is that of the way", () => {
    const { found } = check(table, ([x]) => x < 0);
    expect(found).toEqual([expect.stringMatching(/^another answer on (49\.\d|50\.\d) % /)]);
  });

  test("a stretch round the axis-aligned box alone", () => {
    // A thin board, turned by 45 degrees: whoever stands 1 m off beside it stands by its axis-aligned box only.
    const board: OrientedBox = {
      center: [0, 0, 0.5],
      size: [2 * Math.SQRT2, 0.1, 1],
      axes: [
        [Math.SQRT1_2, Math.SQRT1_2, 0],
        [-Math.SQRT1_2, Math.SQRT1_2, 0],
        [0, 0, 1],
      ],
    };
    const besideIt = ([x, y]: FloorPoint) => Math.abs(x - y) < 1;
    const least = RULES.leastAgreeingAligned;
    expect(check(objectOf(board), besideIt).found).toEqual([]);
    expect(check(objectOf(board), besideIt, [], least).found).toEqual([
      expect.stringMatching(/^another answer on \d\d\.\d % of the way round id 3$/),
    ]);
    expect(check(objectOf(board), () => true, [], least).found).toEqual([]);
  });

  test("an answer that is given nowhere", () => {
    expect(check(table, () => false).found).toEqual([expect.stringContaining("100.0 %")]);
  });

  test("what hangs higher over the lowest object than somebody can stand by", () => {
    const floor = objectOf({ center: [0, 0, -1], size: [9, 9, 0], axes: UPRIGHT }, -1);
    const lamp = (bottom_m: number) => objectOf(table.box, bottom_m);
    expect(check(lamp(0.79), () => true, [floor]).found).toEqual([]);
    expect(check(lamp(0.81), () => true, [floor]).found).toEqual([
      expect.stringMatching(/^standing by id 3, 1\.81\d* m over the floor$/),
    ]);
  });

  test("nothing that the generator's sixteen places let through", () => {
    const place = fc.tuple(...[0, 1].map(() => thousandths(-4, 6)));
    fc.assert(
      fc.property(solidBoxes, fc.array(fc.tuple(place, thousandths(0, 2)), { maxLength: 3 }), (box, discs) => {
        // Another answer within some circles: up to three stretches, whatever the objects are.
        const gives = ([x, y]: FloorPoint) =>
          discs.every(([[discX = 0, discY = 0], radius]) => Math.hypot(x - discX, y - discY) > radius);
        const agreeing = standpointsBy({ box }, RULES.standoff_m).filter(([x, y]) => gives([x, y])).length;
        fc.pre(agreeing >= 13);
        expect(check(objectOf(box), gives).found).toEqual([]);
      }),
    );
  });
});
