import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { FOLDS, roomFolds } from "../../../src/audit/questions/roomFolds.ts";

const roomLists = fc.array(
  fc.nat({ max: 30 }).map((room) => `scene${room}`),
  { maxLength: 60 },
);

describe("roomFolds", () => {
  test("a room's questions share a fold, and folds have as many rooms as each other, give or take one", () => {
    fc.assert(
      fc.property(roomLists, (rooms) => {
        const folds = roomFolds(rooms, "0");
        const foldsOf = new Map(rooms.map((room, index) => [room, folds[index]]));
        expect(rooms.map((room) => foldsOf.get(room))).toEqual([...folds]);
        const sizes = Array.from(
          { length: FOLDS },
          (_, fold) => [...foldsOf.values()].filter((own) => own === fold).length,
        );
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("rooms alone decide, not the order or number of their questions; another partition is another draw", () => {
    const rooms = Array.from({ length: 40 }, (_, room) => `scene${room}`);
    const turned = roomFolds([...rooms, ...rooms].toReversed(), "0");
    expect([...turned.subarray(0, 40)].toReversed()).toEqual([...roomFolds(rooms, "0")]);
    expect(roomFolds(rooms, "1")).not.toEqual(roomFolds(rooms, "0"));
  });
});
