import { expect, test } from "@jest/globals";
import { TURN_WORDS, turnList, turnsOfRank } from "../../src/routes/routeTurns.ts";

test("three turns, and every list of two of them once", () => {
  expect(TURN_WORDS).toEqual(["Turn Left", "Turn Right", "Turn Back"]);
  const lists = Array.from({ length: 9 }, (_, rank) => turnList(turnsOfRank(rank, 2)));
  expect(new Set(lists)).toEqual(new Set(TURN_WORDS.flatMap((one) => TURN_WORDS.map((other) => `${one}, ${other}`))));
});
