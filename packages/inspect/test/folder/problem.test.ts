import { describe, expect, test } from "@jest/globals";
import { DatasetError } from "@vsi/dataset";
import { describeProblem, problemOf } from "../../src/folder/problem.ts";

const DETAIL = { file: "/somewhere/data/train.jsonl", got: "1", expected: "2", advice: "Mend it." };
const PLACE = { file: "data/train.jsonl", line: null, id: null };

describe("problemOf", () => {
  test("takes the line out of an error's place, and says where in the record", () => {
    const problem = problemOf(new DatasetError("question-schema", { ...DETAIL, place: "line 12, /options" }), PLACE);
    expect(problem).toEqual({
      code: "question-schema",
      file: "data/train.jsonl",
      line: 12,
      id: null,
      got: "1 at /options",
      expected: "2",
      advice: "Mend it.",
    });
  });

  test("the caller's line and advice win", () => {
    const error = new DatasetError("x", { ...DETAIL, place: "file system" });
    expect(problemOf(error, { ...PLACE, line: 3 }, "Do that.")).toMatchObject({
      line: 3,
      got: "1",
      advice: "Do that.",
    });
  });

  test("a defect of ours is not taken for a problem of the dataset", () => {
    expect(() => problemOf(new TypeError("defect"), PLACE)).toThrow(TypeError);
  });
});

test("a problem is one line with its place, and without what it has not", () => {
  const problem = { code: "answer", ...PLACE, got: "1", expected: "2", advice: "Mend it." };
  expect(describeProblem(problem)).toBe("data/train.jsonl: answer: got 1, expected 2. Mend it.");
  expect(describeProblem({ ...problem, line: 4, id: "ab" })).toBe(
    "data/train.jsonl, line 4, ab: answer: got 1, expected 2. Mend it.",
  );
});
