import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { byLot, crossPredict, FOLDS, foldsOf } from "../../src/audit/folds.ts";
import { numberQuestion } from "../support/auditQuestion.ts";

const roomLists = fc.array(
  fc.nat({ max: 30 }).map((room) => `scene${room}`),
  { maxLength: 60 },
);

describe("foldsOf", () => {
  test("a room's questions share a fold, and folds have as many rooms as each other, give or take one", () => {
    fc.assert(
      fc.property(roomLists, (rooms) => {
        const folds = foldsOf(rooms, "0");
        const foldOf = new Map(rooms.map((room, index) => [room, folds[index]]));
        expect(rooms.map((room) => foldOf.get(room))).toEqual([...folds]);
        const sizes = Array.from(
          { length: FOLDS },
          (_, fold) => [...foldOf.values()].filter((own) => own === fold).length,
        );
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("rooms alone decide, not the order or number of their questions; another partition is another draw", () => {
    const rooms = Array.from({ length: 40 }, (_, room) => `scene${room}`);
    const turned = foldsOf([...rooms, ...rooms].toReversed(), "0");
    expect([...turned.subarray(0, 40)].toReversed()).toEqual([...foldsOf(rooms, "0")]);
    expect(foldsOf(rooms, "1")).not.toEqual(foldsOf(rooms, "0"));
  });
});

test("byLot: the same order whatever order the names came in, all of them, and another for another partition", () => {
  const names = Array.from({ length: 30 }, (_, index) => `scene${index}`);
  const drawn = byLot(names, "0");
  expect(byLot(names.toReversed(), "0")).toEqual(drawn);
  expect([...drawn].sort()).toEqual([...names].sort());
  expect(byLot(names, "1")).not.toEqual(drawn);
});

describe("crossPredict", () => {
  test("every question is guessed at from all questions of the other folds, and from none of its own room", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 7 }), { maxLength: 30 }), (rooms) => {
        const questions = rooms.map((room, index) => numberQuestion({ id: String(index), room: `r${room}`, value: 1 }));
        const folds = foldsOf(
          questions.map(({ room }) => room),
          "0",
        );
        const taught = crossPredict((training) => () => training.map(({ id }) => id).join(), questions, folds);
        for (const [index, question] of questions.entries()) {
          const others = questions.filter((_, other) => folds[other] !== folds[index]);
          expect(taught[index]).toBe(others.map(({ id }) => id).join());
          expect(others.map(({ room }) => room)).not.toContain(question.room);
        }
      }),
    );
  });
});
