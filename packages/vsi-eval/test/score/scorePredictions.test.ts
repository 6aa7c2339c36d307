import { describe, expect, test } from "@jest/globals";
import type { QuestionType } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import fc from "fast-check";
import type { EvalQuestion } from "../../src/evalQuestion.ts";
import { scorePredictions, scoreQuestion } from "../../src/score/scorePredictions.ts";
import { VSI_BENCH_TYPES } from "../support/benchmarkRecords.ts";
import { choiceQuestion, evalQuestion } from "../support/evalQuestions.ts";

const FEW = { resamples: 20, seed: 0, level: 0.95 };
const NUMBERS = ["object_counting", "object_abs_distance", "object_size_estimation", "room_size_estimation"];

function questionOf(type: QuestionType, id: string, scene: number): EvalQuestion {
  const scene_name = `scene${String(scene).padStart(4, "0")}_00`;
  return NUMBERS.includes(type)
    ? evalQuestion(id, { question_type: type, scene_name })
    : choiceQuestion(id, type, { scene_name });
}

/** VSI-Bench's table in its own words: means of lists, direction's three as one, no map and no shared code. */
function plainTable(scores: { type: string; score: number }[]): Record<string, number> {
  const meanOf = (list: number[]) => list.reduce((sum, score) => sum + score, 0) / list.length;
  const meanOfType = (type: string) => meanOf(scores.filter((one) => one.type === type).map(({ score }) => score));
  const direction = meanOf(["easy", "medium", "hard"].map((name) => meanOfType(`object_rel_direction_${name}`)));
  const others = [...NUMBERS, "object_rel_distance", "route_planning", "obj_appearance_order"];
  const table: Record<string, number> = { object_rel_direction: direction };
  for (const type of others) table[type] = meanOfType(type);
  return { overall: meanOf(Object.values(table)), ...table };
}

/** Answers whose official score needs no metric: the right number or letter, or a wrong one far off. */
const benchmark = fc
  .array(fc.tuple(fc.constantFrom(...VSI_BENCH_TYPES), fc.nat(5), fc.boolean(), fc.boolean()), { maxLength: 60 })
  .map((drawn) => {
    const all = [...VSI_BENCH_TYPES.map((type) => [type, 0, true, false] as const), ...drawn];
    return all.map(([type, scene, isRight, isMissing], index) => {
      const question = questionOf(type, `${index}`, scene);
      const [right, wrong] = NUMBERS.includes(type) ? ["4", "999"] : ["B", "A"];
      return {
        question,
        prediction: isMissing ? null : isRight ? right! : wrong!,
        score: isRight && !isMissing ? 1 : 0,
      };
    });
  });

describe("scorePredictions", () => {
  test("gives the table that a plain reckoning gives, and the order of the predictions changes nothing", () => {
    fc.assert(
      fc.property(benchmark, fc.integer(), (asked, rotation) => {
        const questions = asked.map(({ question }) => question);
        const given = asked.flatMap(({ question, prediction }): [string, string][] =>
          prediction === null ? [] : [[question.id, prediction]],
        );
        const { scores } = scorePredictions(questions, new Map(given), FEW);
        const expected = plainTable(asked.map(({ question, score }) => ({ type: question.question_type, score })));
        for (const { row, official, robust } of scores.rows.slice(0, 9)) {
          expect(official).toBeCloseTo(expected[row]!, 12);
          expect(robust).toBeCloseTo(expected[row]!, 12);
        }
        const turn = given.length === 0 ? 0 : Math.abs(rotation) % given.length;
        const turned = new Map([...given.slice(turn), ...given.slice(0, turn)].reverse());
        expect(scorePredictions(questions, turned, FEW).scores).toEqual(scores);
        expect(scores.unanswered).toBe(asked.length - given.length);
        expect(scores.questions.map(({ id }) => id)).toEqual(questions.map(({ id }) => id));
      }),
      { numRuns: 30 },
    );
  });

  test("counts what could not be read by its reason, and shows a few of each", () => {
    const questions = Array.from({ length: 12 }, (_, index) => evalQuestion(`${index}`));
    const texts = ["2 or 3", "", "none that I can see", "4"];
    const predictions = new Map(questions.slice(0, 11).map(({ id }, index) => [id, at(texts, index % 4)]));
    const { scores } = scorePredictions(questions, predictions, FEW);
    const readable = [...predictions.values()].filter((text) => text === "4").length;
    const refused = Object.values(scores.unreadable).reduce((sum, count) => sum + count, 0);
    expect(scores.unanswered).toBe(1);
    expect(refused).toBe(11 - readable);
    expect(scores.unreadable["several-candidates"]).toBe(3);
    const counting = scores.rows.find(({ row }) => row === "object_counting")!;
    expect(counting.unread).toBe(refused + scores.unanswered);
    const shown = scores.unreadable_examples.map(({ why }) => why);
    for (const why of new Set(shown)) expect(shown.filter((other) => other === why).length).toBeLessThanOrEqual(3);
    expect(new Set(shown)).toEqual(new Set(Object.keys(scores.unreadable)));
  });

  test("an example is cut, the answer is not", () => {
    const long = "2 or 3 ".repeat(200);
    const { scores, answers } = scorePredictions([evalQuestion("1")], new Map([["1", long]]), FEW);
    expect(at(scores.unreadable_examples, 0).prediction).toBe(`${long.slice(0, 300)}…`);
    expect(at(answers, 0).prediction).toBe(long);
  });

  test("what a camera did has a row of its own and does not touch the average", () => {
    const questions = [
      evalQuestion("1"),
      evalQuestion("2", { question_type: "camera_displacement", ground_truth: "2", scene_name: "scene0001_00" }),
    ];
    const { rows, scans_total } = scorePredictions(questions, new Map([["2", "2"]]), FEW).scores;
    const scoreOf = (name: string) => rows.find(({ row }) => row === name)?.official;
    expect([scoreOf("overall"), scoreOf("camera_displacement"), scans_total]).toEqual([0, 1, 2]);
    expect(rows.map(({ row }) => row)).not.toContain("camera_obj_abs_dist");
  });

  test("scans of two datasets with one name are two scans", () => {
    const questions = [evalQuestion("1"), evalQuestion("2", { dataset: "arkitscenes" })];
    expect(scorePredictions(questions, new Map(), FEW).scores.scans_total).toBe(2);
  });
});

const both = (...[question, prediction]: Parameters<typeof scoreQuestion>) => {
  const { official, robust, read } = scoreQuestion(question, prediction);
  return [official, robust, read?.why ?? null];
};

/**
 * Mean Relative Accuracy of two decimals with one place, in whole numbers; null where a difference lies exactly on a
 * tolerance, which the doubles of VSI-Bench's code decide.
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
