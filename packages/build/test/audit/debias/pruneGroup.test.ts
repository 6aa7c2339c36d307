import { describe, expect, test } from "@jest/globals";
import { pruneGroup } from "../../../src/audit/debias/pruneGroup.ts";
import { guessGroup } from "../../../src/audit/scores/guessGroup.ts";
import { judgeGroup } from "../../../src/audit/scores/judgeGroup.ts";
import { lot, sideGroup, sizeGroup } from "../../support/auditQuestion.ts";

const OPTIONS = { seed: 0, limit: 0.05 };

describe("pruneGroup", () => {
  const uneven = sideGroup(80, (_, room, index) => (lot(room, index) < 2 / 3 ? "left" : "right"));

  test("left twice as often: drops until the best shortcut is under the limit, judged anew on what is left", () => {
    const { dropped, before, after, reached } = pruneGroup(uneven, OPTIONS);
    expect(before.verdict).toBe("gives the answer away");
    expect(reached).toBe(true);
    const questions = uneven.questions.filter(({ id }) => !dropped.has(id));
    const rooms = questions.map(({ room }) => room);
    const again = judgeGroup(guessGroup({ ...uneven, questions }, "0"), rooms, OPTIONS.limit);
    expect(again).toEqual(after);
    expect(again.excess?.mean).toBeLessThanOrEqual(OPTIONS.limit);
    // About 320 left and 160 right: even with 5 % in hand some 130 have to go, and not nearly all.
    expect(dropped.size).toBeGreaterThan(80);
    expect(dropped.size).toBeLessThan(260);
  });

  test("the same questions and seed drop the same", () => {
    expect(pruneGroup(uneven, OPTIONS)).toEqual(pruneGroup(uneven, OPTIONS));
  });

  test("what is under the limit is left alone", () => {
    const even = sideGroup(80, (_, __, index) => (index % 2 === 0 ? "left" : "right"));
    const coins = { ...even, questions: even.questions.map((question) => ({ ...question, places: {}, text: "" })) };
    const { dropped, reached, after, before } = pruneGroup(coins, OPTIONS);
    expect([...dropped]).toEqual([]);
    expect(reached).toBe(true);
    expect(after).toEqual(before);
  });

  test("what dropping can't help is left as it is and said: always left, or numbers that follow from the label", () => {
    const always = pruneGroup(
      sideGroup(20, () => "left"),
      OPTIONS,
    );
    expect([always.reached, always.dropped.size]).toEqual([false, 0]);
    const sizes = pruneGroup(
      sizeGroup(20, (category) => category.length * 10),
      OPTIONS,
    );
    expect([sizes.reached, sizes.dropped.size]).toEqual([false, 0]);
  });

  test("one room, or none, can't be told and is left alone", () => {
    for (const rooms of [0, 1])
      expect(
        pruneGroup(
          sideGroup(rooms, () => "left"),
          OPTIONS,
        ).dropped.size,
      ).toBe(0);
  });
});
