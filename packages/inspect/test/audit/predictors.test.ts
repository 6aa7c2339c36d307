import { describe, expect, test } from "@jest/globals";
import { predictorsOf } from "../../src/audit/predictors.ts";
import type { QuestionGroup } from "../../src/audit/questions.ts";
import { choiceQuestion, numberQuestion, sideGroup, sizeGroup } from "../support/auditQuestion.ts";

const namesOf = (group: QuestionGroup) => predictorsOf(group).map(({ name }) => name);
const numbers = (type: QuestionGroup["type"], places: Record<string, string>): QuestionGroup => ({
  type,
  kind: "number",
  listing: null,
  questions: [numberQuestion({ places, value: 1 })],
});

describe("predictorsOf", () => {
  test("numbers are guessed by what their wording names", () => {
    const always = ["median", "best constant", "log mean"];
    expect(namesOf(sizeGroup(1, () => 1))).toEqual([...always, "category mean", "best by name", "ridge regression"]);
    expect(namesOf(numbers("object_abs_distance", { a: "bed", b: "lamp" }))).toEqual([
      ...always,
      "pair mean",
      "best by name",
      "ridge regression",
    ]);
    expect(namesOf(numbers("room_size_estimation", {}))).toEqual([...always, "ridge regression"]);
  });

  test("of sizes, knowledge is granted; of counts, every guess that learns is a shortcut, the constant first", () => {
    const roles = (group: QuestionGroup) => predictorsOf(group).map(({ role }) => role);
    expect(roles(sizeGroup(1, () => 1))).toEqual(["chance", "prior", "prior", "prior", "prior", "shortcut"]);
    const counts = numbers("object_counting", { category: "chair" });
    expect(namesOf(counts)[0]).toBe("best constant");
    expect(new Set(roles(counts))).toEqual(new Set(["shortcut"]));
  });

  test("only listed candidates have a position; sides have neither pairs nor orders", () => {
    const sides = sideGroup(1, () => "left");
    const words = ["boosted trees", "boosted words", "logistic regression"];
    expect(namesOf(sides)).toEqual(["majority answer", ...words]);
    expect(namesOf({ ...sides, listing: "options" })).toEqual(["majority answer", "common position", ...words]);
  });

  test("objects beside a target are guessed by pairs, by distances where they are known of two rooms; orders by precedence", () => {
    const questions = [choiceQuestion({ candidates: ["bed", "tv"], truth: "tv", places: { category: "desk" } })];
    const nearest: QuestionGroup = { type: "object_rel_distance", kind: "choice", listing: "options", questions };
    expect(namesOf(nearest)).toContain("pair wins");
    expect(namesOf(nearest)).not.toContain("pair distance");
    const distances = new Map(["r1", "r2"].map((room) => [room, [{ a: "bed", b: "desk", distance_m: 1 }]]));
    expect(namesOf({ ...nearest, distances })).toEqual(expect.arrayContaining(["pair distance", "rank by distance"]));
    const orders: QuestionGroup = {
      ...nearest,
      type: "obj_appearance_order",
      questions: [choiceQuestion({ candidates: ["bed, tv", "tv, bed"], truth: "bed, tv" })],
    };
    expect(namesOf(orders)).toEqual(expect.arrayContaining(["mean places", "precedence", "rank by precedence"]));
  });

  test("constants say the same of every question, whatever it names", () => {
    const group = sideGroup(10, (_, room) => (room % 3 === 0 ? "left" : "right"));
    const oneFold = { ...group, questions: group.questions.map((question) => ({ ...question, truth: "left" })) };
    for (const { isConstant, guess } of predictorsOf(oneFold)) {
      if (isConstant)
        expect(new Set(guess(Uint8Array.from(group.questions, (_, index) => index % 5)).answers).size).toBe(1);
    }
  });
});
