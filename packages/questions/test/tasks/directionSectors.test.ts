import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DIRECTION_SECTORS, edgeMargin, sectorWord, sectorWords } from "../../src/tasks/directionSectors.ts";

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
