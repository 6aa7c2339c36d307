import { describe, expect, test } from "@jest/globals";
import type { Vec3 } from "@vsi/geometry";
import fc from "fast-check";
import { edgeMargin, floorDistance, sectorWord, sectorWords, signedAngle } from "../../src/scene/directions.ts";
import { DIRECTION_SECTORS } from "../../src/types/objectRelDirection.ts";

describe("signedAngle", () => {
  const origin: Vec3 = [0, 0, 0];
  const north: Vec3 = [0, 2, 0];

  test.each<[string, Vec3, number]>([
    ["left", [-1, 0, 5], 90],
    ["right", [1, 0, -5], -90],
    ["ahead", [0, 7, 1], 0],
    ["behind", [0, -1, 1], 180],
    ["front left", [-1, 1, 0], 45],
    ["back right", [1, -1, 0], -135],
  ])("facing north, %s", (_, querying, angle) => {
    expect(Math.abs(signedAngle(origin, north, querying))).toBeCloseTo(Math.abs(angle), 10);
    expect(Math.sign(signedAngle(origin, north, querying)) === Math.sign(angle) || Math.abs(angle) === 180).toBe(true);
  });

  const point = fc.tuple(
    fc.integer({ min: -99, max: 99 }),
    fc.integer({ min: -99, max: 99 }),
    fc.integer(),
  ) as fc.Arbitrary<Vec3>;

  test("turning by the angle makes the facing direction point at the queried object", () => {
    fc.assert(
      fc.property(point, point, point, (positioning, orienting, querying) => {
        fc.pre(floorDistance(positioning, orienting) > 0 && floorDistance(positioning, querying) > 0);
        const turn = (signedAngle(positioning, orienting, querying) * Math.PI) / 180;
        const heading = Math.atan2(orienting[1] - positioning[1], orienting[0] - positioning[0]) + turn;
        const reach = floorDistance(positioning, querying);
        expect(positioning[0] + reach * Math.cos(heading)).toBeCloseTo(querying[0], 8);
        expect(positioning[1] + reach * Math.sin(heading)).toBeCloseTo(querying[1], 8);
      }),
    );
  });

  test("exchanging the two objects mirrors the angle", () => {
    fc.assert(
      fc.property(point, point, point, (positioning, orienting, querying) => {
        const angle = signedAngle(positioning, orienting, querying);
        fc.pre(Math.abs(angle) < 180);
        expect(signedAngle(positioning, querying, orienting)).toBeCloseTo(-angle, 10);
      }),
    );
  });

  test("height does not count, and one place gives 0", () => {
    expect(floorDistance([0, 0, 0], [3, 4, 100])).toBe(5);
    expect(signedAngle(origin, origin, north)).toBe(0);
  });

  test("straight behind is 180 from every side, not -180", () => {
    for (const [x, y] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      expect(signedAngle([0, 0, 0], [x, y, 0], [-x, -y, 0])).toBe(180);
    }
  });
});

describe("sectors", () => {
  const EASY = DIRECTION_SECTORS.object_rel_direction_easy;
  const MEDIUM = DIRECTION_SECTORS.object_rel_direction_medium;
  const HARD = DIRECTION_SECTORS.object_rel_direction_hard;

  test.each([
    [1, "left", "left", "front-left"],
    [-1, "right", "right", "front-right"],
    [89.9, "left", "left", "front-left"],
    [90, "left", "left", "back-left"],
    [-90, "right", "right", "back-right"],
    [134.9, "left", "left", "back-left"],
    [135, "left", "back", "back-left"],
    [-135, "right", "back", "back-right"],
    [180, "left", "back", "back-left"],
    [0, "right", "right", "front-right"],
  ])("%d degrees: %s, %s, %s", (angle, easy, medium, hard) => {
    expect([EASY, MEDIUM, HARD].map((sectors) => sectorWord(angle, sectors))).toEqual([easy, medium, hard]);
  });

  test("each word once", () => {
    expect(sectorWords(EASY)).toEqual(["left", "right"]);
    expect(sectorWords(MEDIUM)).toEqual(["left", "right", "back"]);
    expect(sectorWords(HARD)).toEqual(["front-left", "front-right", "back-left", "back-right"]);
  });

  describe("the margin is the smallest turn that changes the word", () => {
    test.each([
      ["easy", EASY],
      ["medium", MEDIUM],
      ["hard", HARD],
    ] as const)("%s", (_, sectors) => {
      fc.assert(
        fc.property(fc.integer({ min: -179_999, max: 179_999 }), (thousandths) => {
          const angle = thousandths / 1000;
          const margin = edgeMargin(angle, sectors);
          const word = sectorWord(angle, sectors);
          const turned = (by: number) => {
            const sum = angle + by;
            return sum > 180 ? sum - 360 : sum <= -180 ? sum + 360 : sum;
          };
          fc.pre(margin > 0);
          for (const part of [-0.999, -0.5, 0.5, 0.999]) {
            expect(sectorWord(turned(part * margin), sectors)).toBe(word);
          }
          const over = [margin + 1e-6, -margin - 1e-6].map((by) => sectorWord(turned(by), sectors));
          expect(over.some((other) => other !== word)).toBe(true);
        }),
      );
    });
  });
});
