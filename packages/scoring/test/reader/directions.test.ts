import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { directionParts, turnParts } from "../../src/reader/directions.ts";

const PLAIN = ["left", "right", "front", "back", "up", "down"] as const;

test("directionParts says each part once, in the order of the words, heights only where they are asked for", () => {
  const word = fc.constantFrom<[string, string[]]>(
    ...PLAIN.map((part): [string, string[]] => [part, [part]]),
    ["behind", ["back"]],
    ["links", ["left"]],
    ["справа", ["right"]],
    ["frontleft", ["front", "left"]],
    ["rearright", ["back", "right"]],
    ["rightback", ["right", "back"]],
    ["leftleft", ["left"]],
    ["左前方", ["left", "front"]],
    ["upleft", []],
    ["lamp", []],
    ["über", []],
    ["constructor", []],
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), fc.boolean(), (said, knowsHeight) => {
      const parts = new Set(said.flatMap(([, ofWord]) => ofWord));
      const words = said.map(([written]) => written);
      const expected = [...parts].filter((part) => knowsHeight || (part !== "up" && part !== "down"));
      expect(directionParts(words, knowsHeight)).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

test("turnParts says every turn, as often as it is said", () => {
  expect(turnParts(["left", "then", "leftleft", "rear", "up", "front"])).toEqual(["left", "left", "left", "back"]);
});
