import { describe, expect, test } from "@jest/globals";
import schema from "@vsi/dataset/schemas/question.schema.json" with { type: "json" };
import { QUESTION_TYPES } from "../../src/questionTypes.ts";
import { validateQuestion } from "../../src/validation/validateQuestion.ts";
import { mutations } from "../support/mutations.ts";
import { choiceQuestion, openQuestion } from "../support/samples.ts";

const where = { file: "data/train.jsonl", place: "line 7" };

test("the type's samples follow the schema, with and without options", () => {
  expect(() => validateQuestion(openQuestion, where)).not.toThrow();
  expect(() => validateQuestion(choiceQuestion, where)).not.toThrow();
});

test("schema and type know the same question types and fields, all required", () => {
  expect(schema.properties.question_type.enum).toEqual(QUESTION_TYPES);
  expect(schema.required).toEqual(Object.keys(openQuestion));
  expect(schema.properties.evidence.required).toEqual(Object.keys(openQuestion.evidence));
});

describe("refuses", () => {
  test.each(mutations(choiceQuestion))("$change", ({ value }) => {
    expect(() => validateQuestion(value, where)).toThrow(expect.objectContaining({ code: "question-schema" }));
  });

  test.each([
    ["an id that is no hash", { id: "0123456789ABCDEF" }],
    ["a question type of no task", { question_type: "object_colour" }],
    ["a number as the truth", { ground_truth: 3 }],
    ["an empty truth", { ground_truth: "" }],
    ["options without an answer's letter", { options: ["A. left", "B. right"], mc_answer: null }],
    ["a letter without options", { options: null, mc_answer: "A" }],
    [
      "NaN, which JSON writes as null, in a list of ids",
      { evidence: { ...openQuestion.evidence, object_ids: [null] } },
    ],
    ["a negative margin", { evidence: { ...openQuestion.evidence, margin: -1 } }],
    ["a unit of no answer", { evidence: { ...openQuestion.evidence, unit: "inch" } }],
    ["a scene name over two lines", { scene_name: "scene\n0000" }],
  ])("%s", (_, change) => {
    expect(() => validateQuestion({ ...openQuestion, ...change }, where)).toThrow(
      expect.objectContaining({ code: "question-schema" }),
    );
  });
});

test("the error says file, line, field, value and rule", () => {
  const evidence = { ...openQuestion.evidence, unit: "inch" };
  expect(() => validateQuestion({ ...openQuestion, evidence }, where)).toThrow(
    /^data\/train\.jsonl: line 7, \/evidence\/unit: got "inch", expected .*must be equal to one of.*"degree"/,
  );
});
