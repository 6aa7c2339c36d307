import { expect, test } from "@jest/globals";
import { wrongAnswer } from "../../src/data/wrongAnswer.ts";
import { makeQuestion, VSI_100K_QUESTIONS } from "../support/question.ts";

const SEEDS = Array.from({ length: 50 }, (_, seed) => seed);

test.each(VSI_100K_QUESTIONS)(
  "of a $question_type: never the right one, and the same for the same seed",
  (question) => {
    for (const seed of SEEDS) {
      const wrong = wrongAnswer(question, seed);
      expect(wrong).not.toBeNull();
      expect(wrong).not.toBe(question.ground_truth);
      expect(wrongAnswer(question, seed)).toBe(wrong);
    }
  },
);

test("all that a question offers is taken, by other seeds", () => {
  const words = SEEDS.map((seed) => wrongAnswer(VSI_100K_QUESTIONS[4]!, seed));
  expect(new Set(words)).toEqual(new Set(["sink", "pillow", "guitar"]));
  expect(new Set(SEEDS.map((seed) => wrongAnswer(VSI_100K_QUESTIONS[1]!, seed))).size).toBeGreaterThan(10);
});

test("none where nothing else is offered", () => {
  const question = makeQuestion({ question_type: "route_planning", question: "Which way?", ground_truth: "turn left" });
  expect(wrongAnswer(question, 0)).toBeNull();
});

test("an object called by a number is a word, not a number, when options are listed", () => {
  const question = makeQuestion({ options: ["A. 3", "B. 7"], ground_truth: "3" });
  expect(wrongAnswer(question, 0)).toBe("7");
});
