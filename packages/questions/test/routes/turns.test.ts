import { describe, expect, test } from "@jest/globals";
import type { FloorPoint } from "../../src/routes/freeFloor.ts";
import { type Leg, TURN_WORDS, turnBetween, turnList, turnsOfRank } from "../../src/routes/turns.ts";
import { objectAt } from "../support/facts.ts";

describe("lists of turns", () => {
  test("three turns, and every list of two of them once", () => {
    expect(TURN_WORDS).toEqual(["Turn Left", "Turn Right", "Turn Back"]);
    const lists = Array.from({ length: 9 }, (_, rank) => turnList(turnsOfRank(rank, 2)));
    expect(new Set(lists)).toEqual(new Set(TURN_WORDS.flatMap((one) => TURN_WORDS.map((other) => `${one}, ${other}`))));
  });
});

describe("turnBetween", () => {
  const at = (degree: number, from: FloorPoint): FloorPoint => [
    from[0] + 2 * Math.cos((degree * Math.PI) / 180),
    from[1] + 2 * Math.sin((degree * Math.PI) / 180),
  ];

  function leg(begin: FloorPoint, end: FloorPoint): Leg {
    const [from, to] = [begin, end].map((point, id) => objectAt(id, "thing", [...point, 0]));
    return { from: from!, to: to!, begin, end, length_m: 2 };
  }

  const arriving = leg([0, 0], [2, 0]);
  const turning = (degree: number) => turnBetween(arriving, leg([2, 0], at(degree, [2, 0])), 15)?.word ?? null;

  test.each([
    [0, null],
    [50, null],
    [61, "Turn Left"],
    [119, "Turn Left"],
    [130, null],
    [149, null],
    [151, "Turn Back"],
    [180, "Turn Back"],
    [-151, "Turn Back"],
    [-119, "Turn Right"],
    [-61, "Turn Right"],
    [-59, null],
  ])("%d degrees: %s", (degree, word) => {
    expect(turning(degree)).toBe(word);
  });

  test("the margin is the way to 45 or 135 degrees", () => {
    expect(turnBetween(arriving, leg([2, 0], at(100, [2, 0])), 15)!.margin_degree).toBeCloseTo(35, 9);
  });

  test("none where the objects' middles tell another turn than the walk", () => {
    const leaving = leg([2, 0], [2, 2]);
    const elsewhere = { ...leaving, to: { ...leaving.to, centroid: [4, 0.5, 0] as [number, number, number] } };
    expect(turnBetween(arriving, leaving, 15)).not.toBeNull();
    expect(turnBetween(arriving, elsewhere, 15)).toBeNull();
  });
});
