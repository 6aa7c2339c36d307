import { expect, test } from "@jest/globals";
import { biasedQuestions } from "../../../src/audit/bias/biasedQuestions.ts";
import type { GuessedGroup } from "../../../src/audit/scores/guessGroup.ts";
import { sizeGroup } from "../../support/auditQuestion.ts";

test("the surest right answers against chance, each asked thing once", () => {
  const group = sizeGroup(3, (category) => category.length);
  const beliefs = Float64Array.from(group.questions, ({ places }, index) =>
    places.category === "sofa" ? 0.9 : index / 100,
  );
  const scores = new Float64Array(beliefs.length).fill(0.25);
  const guessed: GuessedGroup = { guesses: [{ name: "chance", role: "chance", answers: null, scores }], beliefs };
  const listed = biasedQuestions(group, guessed);
  expect(listed).toHaveLength(5);
  expect(listed[0]).toEqual({
    id: "0.sofa",
    text: "How long is the sofa?",
    truth: "4",
    belief: 0.9,
    gain: expect.closeTo(0.65, 10),
  });
  expect(listed[1]?.id).toBe("2.table");
});
