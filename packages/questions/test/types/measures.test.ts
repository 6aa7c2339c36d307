import { describe, expect, test } from "@jest/globals";
import type { SceneFacts } from "@vsi/geometry";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { queryRefusal } from "../../src/queries/queryRefusal.ts";
import { refuseZero } from "../../src/types/measures.ts";
import { factsWith, objectAt } from "../support/facts.ts";
import { testShown } from "../support/shown.ts";

describe("objectSizeEstimation", () => {
  test("the longest side of a label's only object, in whole centimetres, whichever side it is", () => {
    const objects = [
      objectAt(0, "bed", [0, 0, 0], [1.1, 2.034, 0.5]),
      objectAt(1, "lamp", [0, 0, 0], [0.2, 0.3, 1.125]),
      objectAt(2, "chair", [0, 0, 0], [1, 1, 1]),
      objectAt(3, "chair", [0, 0, 0], [1, 1, 1]),
    ];
    const { questions, rejects } = generateQuestions(factsWith(objects), { types: ["object_size_estimation"] });
    expect(rejects).toEqual([]);
    expect(questions.map(({ ground_truth, evidence }) => [evidence.object_ids, ground_truth, evidence.unit])).toEqual([
      [[0], "203", "cm"],
      [[1], "113", "cm"],
    ]);
    expect(questions[0]!.evidence.value).toBeCloseTo(203.4, 9);
    expect(questions[0]!.question).toBe(
      "What is the length of the longest dimension (length, width, or height) of the bed, measured in centimeters?",
    );
  });

  test("a point, whose size reads 0, is refused", () => {
    const { questions, rejects } = generateQuestions(factsWith([objectAt(0, "pin", [0, 0, 0], [0.004, 0, 0])]), {
      types: ["object_size_estimation"],
    });
    expect(questions).toEqual([]);
    expect(rejects).toMatchObject([{ code: "rounds-to-zero", object_ids: [0], value: 0.4, limit: 0.5, unit: "cm" }]);
  });

  testShown("object_size_estimation", {
    ground_truth: "200",
    object_ids: [1],
    value: 200,
    unit: "cm",
    says: "the longest side of the box of bed (id 1): 200 cm",
    lines: 1,
    labels: ["200 cm"],
    trace: /its longest side measures about 200\.0 centimeters/,
  });
});

describe("roomSizeEstimation", () => {
  const types = ["room_size_estimation"] as const;

  test("the room's area with one decimal, also without any object", () => {
    const { questions } = generateQuestions(factsWith([], { area_m2: 47.25 }), { types });
    expect(questions).toMatchObject([
      {
        question: "What is the size of this room (in square meters)?",
        ground_truth: "47.3",
        evidence: { object_ids: [], value: 47.25, unit: "m2", margin: null },
      },
    ]);
  });

  test("a room without area is refused", () => {
    const { questions, rejects } = generateQuestions(factsWith([], { area_m2: 0 }), { types });
    expect(questions).toEqual([]);
    expect(rejects).toMatchObject([{ code: "rounds-to-zero", object_ids: [], value: 0, limit: 0.05, unit: "m2" }]);
  });

  test("regression: the main room's area is no answer to a question about all rooms shown (ReVSI's annotation)", () => {
    const facts = factsWith([], { area_m2: 12.25 });
    const main: SceneFacts = { ...facts, room: { ...facts.room, rooms: "main" } };
    for (const protocol of ["vsi-100k", "vsi-bench"] as const) {
      const { questions, rejects } = generateQuestions(main, { types, protocol });
      expect(questions).toEqual([]);
      expect(rejects).toMatchObject([{ code: "room-main-only", object_ids: [], value: 12.25, unit: "m2" }]);
    }
    expect(queryRefusal(main, { question_type: "room_size_estimation" })).toMatchObject({ code: "room-main-only" });
    expect(queryRefusal(main, { question_type: "room_size_estimation", rooms: "main" })).toBeNull();
    expect(queryRefusal(facts, { question_type: "room_size_estimation" })).toBeNull();
  });

  testShown("room_size_estimation", {
    ground_truth: "20.0",
    value: 20.04,
    unit: "m2",
    says: "the floor's area: 20.04 m²",
    lines: 0,
    labels: ["20.0 m²"],
    trace: /about 20\.04 square meters/,
  });
});

describe("objectAbsDistance", () => {
  const types = ["object_abs_distance"] as const;

  test("every pair of one-instance labels, in three dimensions, between centroids and not box centres", () => {
    const sink = objectAt(7, "sink", [3, 4, 12]);
    const objects = [
      { ...sink, box: { ...sink.box, center: [9, 9, 9] as [number, number, number] } },
      objectAt(2, "bed", [0, 0, 0]),
      objectAt(5, "lamp", [0, 0, 1.25]),
      objectAt(3, "chair", [1, 0, 0]),
      objectAt(4, "chair", [2, 0, 0]),
    ];
    const { questions, rejects } = generateQuestions(factsWith(objects), { types });
    expect(rejects).toEqual([]);
    expect(
      questions.map(({ question, ground_truth, evidence }) => [question, ground_truth, evidence.object_ids]),
    ).toEqual([
      ["What is the distance between the bed and the lamp (in meters)?", "1.3", [2, 5]],
      ["What is the distance between the bed and the sink (in meters)?", "13.0", [2, 7]],
      ["What is the distance between the lamp and the sink (in meters)?", "11.9", [5, 7]],
    ]);
    expect(questions[1]!.evidence).toMatchObject({ value: 13, unit: "m", margin: null });
  });

  test("two objects in one place are refused, since 0.0 cannot be measured against", () => {
    const objects = [objectAt(0, "bed", [1, 1, 1]), objectAt(1, "pillow", [1, 1, 1.049])];
    const { questions, rejects } = generateQuestions(factsWith(objects), { types });
    expect(questions).toEqual([]);
    expect(rejects).toMatchObject([{ code: "rounds-to-zero", object_ids: [0, 1], limit: 0.05, unit: "m" }]);
  });

  testShown("object_abs_distance", {
    ground_truth: "2.4",
    object_ids: [1, 2],
    value: 2.40004,
    unit: "m",
    says: "measured between the boxes of bed (id 1) and tv (id 2): 2.4 m",
    lines: 1,
    labels: ["2.4 m"],
    trace: /a distance of about 2\.40 meters/,
  });
});

describe("measured", () => {
  const draft = (ground_truth: string, value: number) => ({
    words: {},
    ground_truth,
    evidence: { object_ids: [4], value, unit: "m" as const, margin: null },
  });

  test("0 in any writing is refused with the numbers, everything else is passed on", () => {
    expect(refuseZero(draft("0.1", 0.05), 0.1)).toEqual({ draft: draft("0.1", 0.05), refusals: [] });
    for (const zero of ["0", "0.0"]) {
      expect(refuseZero(draft(zero, 0.04), 0.1)).toMatchObject({
        draft: null,
        refusals: [{ code: "rounds-to-zero", object_ids: [4], value: 0.04, limit: 0.05, unit: "m" }],
      });
    }
  });
});
