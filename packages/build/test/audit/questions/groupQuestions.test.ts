import { describe, expect, test } from "@jest/globals";
import type { Question } from "@vsi/dataset";
import { groupQuestions } from "../../../src/audit/questions/groupQuestions.ts";

function record(question: Partial<Question>): Question {
  return {
    id: "0",
    scene_name: "scene0001_02",
    question_type: "object_counting",
    question: "How many chair(s) are in this room?",
    ground_truth: "2",
    options: null,
    protocol: "vsi-100k",
    ...question,
  } as Question;
}

describe("groupQuestions", () => {
  test("a number question: its value, its physical room, what it names", () => {
    const [group] = groupQuestions([record({})]);
    expect(group).toMatchObject({ type: "object_counting", kind: "number", listing: null });
    expect(group?.questions[0]).toMatchObject({
      room: "scene0001",
      value: 2,
      places: { category: "chair" },
      candidates: [],
    });
  });

  test("candidates: lettered options without letters, listed objects, or the answers in use", () => {
    const easy = { question_type: "object_rel_direction_easy" } as const;
    const nearest = {
      question_type: "object_rel_distance",
      question: "Which of these objects (tv, lamp, bed, door) is the closest to the sofa?",
      ground_truth: "bed",
    } as const;
    const candidatesOf = (...records: Question[]) =>
      groupQuestions(records).map(({ questions }) => questions[0]?.candidates);
    expect(candidatesOf(record({ ...easy, ground_truth: "left", options: ["A. right", "B. left"] }))).toEqual([
      ["right", "left"],
    ]);
    expect(candidatesOf(record(nearest))).toEqual([["tv", "lamp", "bed", "door"]]);
    expect(candidatesOf(record({ ...easy, ground_truth: "right" }), record({ ...easy, ground_truth: "left" }))).toEqual(
      [["left", "right"]],
    );
  });

  test("one answer that is no number makes a choice of the type; types come in the order of the list", () => {
    const groups = groupQuestions([
      record({ question_type: "room_size_estimation", question: "?", ground_truth: "20.1" }),
      record({ ground_truth: "two" }),
      record({ ground_truth: "3" }),
    ]);
    expect(groups.map(({ type, kind }) => [type, kind])).toEqual([
      ["object_counting", "choice"],
      ["room_size_estimation", "number"],
    ]);
    expect(groupQuestions([])).toEqual([]);
  });
});
