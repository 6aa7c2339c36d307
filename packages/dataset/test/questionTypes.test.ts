import { describe, expect, test } from "@jest/globals";
import { OptionsError } from "../src/errors.ts";
import {
  groupTitle,
  isQuestionType,
  QUESTION_TYPE_ROWS,
  QUESTION_TYPES,
  type QuestionType,
  questionTypeRow,
  typeNeeds,
  typesInGroup,
  VSI_BENCH_GROUPS,
  VSI_BENCH_TYPES,
} from "../src/questionTypes.ts";

describe("the table of question types", () => {
  test("names every type once, in the order of datasets", () => {
    expect(new Set(QUESTION_TYPES).size).toBe(QUESTION_TYPES.length);
    expect(QUESTION_TYPES.slice(0, 3)).toEqual(["object_counting", "object_size_estimation", "object_abs_distance"]);
  });

  test.each(QUESTION_TYPE_ROWS)("$name: its columns agree", (row) => {
    expect(row.unit !== null).toBe(row.answer === "number");
    expect(row.words !== null).toBe(row.answer === "direction" || row.answer === "movement");
    expect(row.paperPlace !== null).toBe(row.benchmark === "VSI-Bench");
    expect(row.title).not.toBe("");
    expect(row.protocols.length).toBeGreaterThan(0);
    // Frames are looked at only where there is a stream.
    expect(typeNeeds(row.name, "first-seen") && !typeNeeds(row.name, "stream")).toBe(false);
  });

  test("titles stand once", () => {
    const titles = QUESTION_TYPE_ROWS.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

test("VSI-Bench's types and columns are in the order of its paper's table", () => {
  expect(VSI_BENCH_TYPES).toEqual([
    "object_counting",
    "object_abs_distance",
    "object_size_estimation",
    "room_size_estimation",
    "object_rel_distance",
    "object_rel_direction_easy",
    "object_rel_direction_medium",
    "object_rel_direction_hard",
    "route_planning",
    "obj_appearance_order",
  ]);
  expect(VSI_BENCH_GROUPS).toEqual([
    "object_counting",
    "object_abs_distance",
    "object_size_estimation",
    "room_size_estimation",
    "object_rel_distance",
    "object_rel_direction",
    "route_planning",
    "obj_appearance_order",
  ]);
  const places = QUESTION_TYPE_ROWS.flatMap(({ paperPlace }) => paperPlace ?? []);
  expect(places.sort((one, other) => one - other)).toEqual(VSI_BENCH_TYPES.map((_, index) => index + 1));
});

test("the three directions are one group", () => {
  expect(typesInGroup("object_rel_direction")).toHaveLength(3);
  expect(groupTitle("object_rel_direction")).toBe("Rel. Dir.");
  expect(groupTitle("route_planning")).toBe("Route Plan");
});

test("names from outside are told apart", () => {
  expect(isQuestionType("route_planning")).toBe(true);
  for (const other of ["object_rel_direction", "constructor", "", null, 3]) expect(isQuestionType(other)).toBe(false);
  expect(() => questionTypeRow("object_rel_direction" as QuestionType)).toThrow(OptionsError);
});
