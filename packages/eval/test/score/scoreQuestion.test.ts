import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { scoreQuestion } from "../../src/score/scoreQuestion.ts";
import { choiceQuestion, evalQuestion } from "../support/evalQuestions.ts";

const both = (...[question, prediction]: Parameters<typeof scoreQuestion>) => {
  const { official, robust, read } = scoreQuestion(question, prediction);
  return [official, robust, read?.why ?? null];
};

/**
 * Mean Relative Accuracy of two decimals with one place, in whole numbers; null where a difference lies exactly on a tolerance, which the doubles of
 * VSI-Bench's code decide.
 */
function meanRelativeAccuracyInIntegers(predictedTenths: number, truthTenths: number): number | null {
  const difference = Math.abs(predictedTenths - truthTenths) * 100;
  const tolerances = [50, 45, 40, 35, 30, 25, 20, 15, 10, 5].map((percent) => percent * truthTenths);
  if (tolerances.includes(difference)) return null;
  return tolerances.filter((tolerance) => difference < tolerance).length / 10;
}

describe("scoreQuestion", () => {
  test("numbers earn what whole-number arithmetic says, by both metrics", () => {
    const tenths = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(tenths, tenths, (predicted, truth) => {
        const expected = meanRelativeAccuracyInIntegers(predicted, truth);
        fc.pre(expected !== null);
        const question = evalQuestion("1", {
          question_type: "room_size_estimation",
          ground_truth: (truth / 10).toFixed(1),
        });
        const { official, robust } = scoreQuestion(question, (predicted / 10).toFixed(1));
        expect([official, robust]).toEqual([expected, expected]);
      }),
    );
  });

  test("official takes the first word, robust what was meant", () => {
    const distance = evalQuestion("1", { question_type: "object_abs_distance", ground_truth: "2.5" });
    expect(both(distance, "about 250 cm")).toEqual([0, 1, "converted-unit"]);
    expect(both(distance, "2.5 m")).toEqual([1, 1, "number"]);
    expect(both(distance, "2.5 or 9")).toEqual([1, 0, "several-candidates"]);
  });

  test("with options official compares the letter; robust takes the text too", () => {
    const choice = choiceQuestion("1", "object_rel_direction_easy");
    expect(both(choice, "b.")).toEqual([1, 1, "option-letter"]);
    expect(both(choice, "right")).toEqual([0, 1, "option-text"]);
    expect(both(choice, "A. left")).toEqual([0, 0, "option-letter"]);
  });

  test("without options both compare the word", () => {
    const open = choiceQuestion("1", "object_rel_distance", {
      ground_truth: "trash can",
      options: null,
      mc_answer: null,
    });
    expect(both(open, "trash can")).toEqual([0, 1, "words"]);
    expect(both({ ...open, ground_truth: "sink" }, "Sink.")).toEqual([1, 1, "words"]);
  });

  test("what a camera did is scored like the VSI-Bench task of its kind", () => {
    const displacement = evalQuestion("1", { question_type: "camera_displacement", ground_truth: "2" });
    expect(both(displacement, "200 cm")).toEqual([0, 1, "converted-unit"]);
    const options = ["A. forward", "B. up"];
    const moved = choiceQuestion("2", "camera_movement_direction", { options, ground_truth: "up" });
    expect(both(moved, "up")).toEqual([0, 1, "option-text"]);
    expect(both(moved, "B")).toEqual([1, 1, "option-letter"]);
  });

  test("no answer is worth nothing, and nothing was read", () => {
    expect(both(evalQuestion("1"), null)).toEqual([0, 0, null]);
  });

  test("any text of any question is worth 0 to 1", () => {
    const question = fc.constantFrom(evalQuestion("1"), choiceQuestion("2", "route_planning"));
    fc.assert(
      fc.property(question, fc.string({ unit: "binary" }), (asked, text) => {
        const { official, robust } = scoreQuestion(asked, text);
        for (const score of [official, robust]) expect(score >= 0 && score <= 1).toBe(true);
      }),
    );
  });
});
