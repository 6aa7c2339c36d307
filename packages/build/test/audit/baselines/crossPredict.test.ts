import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { crossPredict } from "../../../src/audit/baselines/crossPredict.ts";
import { roomFolds } from "../../../src/audit/questions/roomFolds.ts";
import { numberQuestion } from "../../support/auditQuestion.ts";

describe("crossPredict", () => {
  test("every question is guessed at from all questions of the other folds, and from none of its own room", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 7 }), { maxLength: 30 }), (rooms) => {
        const questions = rooms.map((room, index) => numberQuestion({ id: String(index), room: `r${room}`, value: 1 }));
        const folds = roomFolds(
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
