import { describe, expect, test } from "@jest/globals";
import { QUESTION_TYPES, type QuestionType } from "@vsi/dataset";
import fc from "fast-check";
import {
  isInRow,
  OFFICIAL_ROWS,
  OTHER_ROWS,
  ROW_LABELS,
  rowValues,
  scoreQuestion,
  type TableRow,
} from "../../src/score/tableRows.ts";
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

describe("the rows", () => {
  test("the first nine are the columns of VSI-Bench's paper, each row has a name of its own", () => {
    expect(OFFICIAL_ROWS.map((row) => ROW_LABELS[row])).toEqual([
      "Avg.",
      "Obj. Count",
      "Abs. Dist.",
      "Obj. Size",
      "Room Size",
      "Rel. Dist.",
      "Rel. Dir.",
      "Route Plan",
      "Appr. Order",
    ]);
    expect(new Set(Object.values(ROW_LABELS)).size).toBe(OFFICIAL_ROWS.length + OTHER_ROWS.length);
  });

  test("every type is in a row of its own or its task's, and what a camera did is not in the average", () => {
    const rowsOf = (type: QuestionType): TableRow[] =>
      [...OFFICIAL_ROWS, ...OTHER_ROWS].filter((row) => isInRow(type, row));
    expect(rowsOf("object_counting")).toEqual(["overall", "object_counting"]);
    expect(rowsOf("object_rel_direction_hard")).toEqual([
      "overall",
      "object_rel_direction",
      "object_rel_direction_hard",
    ]);
    expect(rowsOf("camera_displacement")).toEqual(["camera_displacement"]);
    for (const type of QUESTION_TYPES) expect(rowsOf(type)).not.toHaveLength(0);
  });
});

describe("rowValues", () => {
  const direction: [QuestionType, number][] = [
    ["object_rel_direction_easy", 0.9],
    ["object_rel_direction_medium", 0.6],
    ["object_rel_direction_hard", 0.3],
  ];

  test("direction is the mean of its difficulties, the average that of the tasks that have a value", () => {
    const values = rowValues(new Map([...direction, ["object_counting", 0.2], ["camera_displacement", 1]]));
    expect(values.object_rel_direction).toBeCloseTo(0.6, 12);
    expect(values.overall).toBeCloseTo(0.4, 12);
    expect(values.object_rel_direction_easy).toBe(0.9);
    expect(values.camera_displacement).toBe(1);
    expect(values.route_planning).toBeNull();
  });

  test("without one of its difficulties direction has no value, and does not count", () => {
    const values = rowValues(new Map([...direction.slice(1), ["object_counting", 0.2]]));
    expect([values.object_rel_direction, values.overall]).toEqual([null, 0.2]);
    expect(rowValues(new Map([["camera_displacement", 1]])).overall).toBeNull();
  });
});
