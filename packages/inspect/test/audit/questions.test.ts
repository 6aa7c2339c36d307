import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Question } from "@vsi/dataset";
import { temporaryFolder } from "@vsi/testing/folders";
import { countBy, groupQuestions, namedPlaces, questionWords, readQuestionGroups } from "../../src/audit/questions.ts";
import { numberQuestion } from "../support/auditQuestion.ts";

test("keeps each word once and drops what every question says", () => {
  const questions = ["How long is the Sofa, the sofa?", "How long is the lamp?"].map((text) =>
    numberQuestion({ text, value: 1 }),
  );
  expect(questionWords(questions)).toEqual([["sofa"], ["lamp"]]);
  expect(questionWords([])).toEqual([]);
});

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

  test("an order of appearance without options: every order of its own labels", () => {
    const order = { question_type: "obj_appearance_order", question: "In which order?" } as const;
    const records = [
      record({ ...order, ground_truth: "tv, bed, lamp" }),
      record({ ...order, ground_truth: "rug, door" }),
    ];
    const [group] = groupQuestions(records);
    const sorted = [
      "bed, lamp, tv",
      "bed, tv, lamp",
      "lamp, bed, tv",
      "lamp, tv, bed",
      "tv, bed, lamp",
      "tv, lamp, bed",
    ];
    expect(group).toMatchObject({ kind: "choice", listing: "answers" });
    expect(group?.questions.map(({ candidates }) => candidates)).toEqual([sorted, ["door, rug", "rug, door"]]);
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

describe("namedPlaces", () => {
  const asked = { question_type: "object_abs_distance" } as const;
  const question = "What is the distance between the kitchen cabinet and the tv (in meters)?";

  test("reads the labels out of the protocol's own wording", () => {
    expect(namedPlaces({ ...asked, protocol: "vsi-100k", question })).toEqual({ a: "kitchen cabinet", b: "tv" });
  });

  test("reads them out of the wording that 0.1 had too", () => {
    const former = "Measuring from the closest point of each object, what is the direct distance between";
    for (const text of [former, former.replace("direct ", "")]) {
      expect(
        namedPlaces({
          ...asked,
          protocol: "vsi-bench",
          question: `${text} the kitchen cabinet and the tv (in meters)?`,
        }),
      ).toEqual({ a: "kitchen cabinet", b: "tv" });
    }
  });

  test("reads any protocol's wording, whatever the record says of its protocol", () => {
    const named = { a: "kitchen cabinet", b: "tv" };
    expect(namedPlaces({ ...asked, protocol: "ours", question })).toEqual(named);
    expect(namedPlaces({ ...asked, protocol: "constructor", question })).toEqual(named);
    expect(namedPlaces({ ...asked, question })).toEqual(named);
  });

  test("a wording with other white space is read as the query that it is", () => {
    const spaced = (question_type: Question["question_type"], text: string) =>
      namedPlaces({ question_type, question: text });
    expect(spaced("object_abs_distance", question.replace("the tv", " the tv"))).toEqual({
      a: "kitchen cabinet",
      b: "tv",
    });
    const nearest = "Which of these objects (tv, lamp, bed, door)  is the closest to the sofa?";
    expect(spaced("object_rel_distance", nearest)).toEqual({
      a: "tv",
      b: "lamp",
      c: "bed",
      d: "door",
      category: "sofa",
    });
    const side = "If I am standing by the bed and facing the tv,  is the lamp to the left or the right of the tv?";
    const sides = { positioning: "bed", orienting: "tv", querying: "lamp" };
    expect(spaced("object_rel_direction_easy", side)).toEqual(sides);
  });

  test("has none for another wording, or one of another type", () => {
    expect(namedPlaces({ ...asked, protocol: "vsi-100k", question: "How far is it?" })).toEqual({});
    expect(namedPlaces({ question_type: "object_counting", question })).toEqual({});
  });
});

describe("readQuestionGroups", () => {
  const folder = temporaryFolder();

  test("an empty file has no groups; a line that is no question is named with file and line", async () => {
    await mkdir(join(folder, "data"));
    await writeFile(join(folder, "data", "train.jsonl"), "");
    expect(await readQuestionGroups(folder, "train", 0, new Map())).toEqual([]);
    await writeFile(join(folder, "data", "train.jsonl"), '\n{"schema": "vsi-question/1"}\n');
    await expect(readQuestionGroups(folder, "train", 0, new Map())).rejects.toThrow(/train\.jsonl: line 2/);
    await expect(readQuestionGroups(folder, "test", 0, new Map())).rejects.toThrow(/test\.jsonl/);
  });
});

test("countBy counts in the order of first occurrence, names of Object's own members too", () => {
  expect([...countBy(["b", "a", "b", "constructor"])]).toEqual([
    ["b", 2],
    ["a", 1],
    ["constructor", 1],
  ]);
  expect([...countBy([])]).toEqual([]);
});
