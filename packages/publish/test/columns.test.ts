import { expect, test } from "@jest/globals";
import { question } from "@vsi/testing/question";
import { QUESTION_COLUMNS } from "../src/columns.ts";

test("the columns are a question's fields, in its order", () => {
  expect(QUESTION_COLUMNS.map(({ name }) => name)).toEqual(Object.keys(question()));
});

test("the types are those that the Question interface has", () => {
  const texts = ["schema", "id", "dataset", "scene_name", "question_type", "question", "ground_truth"];
  const types = Object.fromEntries(QUESTION_COLUMNS.map(({ name, type }) => [name, type]));
  expect(types).toEqual({
    ...Object.fromEntries(texts.map((name) => [name, "string"])),
    options: { list: "string" },
    mc_answer: "string",
    protocol: "string",
    frames: { list: "string" },
    evidence: {
      struct: [
        expect.objectContaining({ name: "object_ids", type: { list: "int64" } }),
        expect.objectContaining({ name: "value", type: "float64" }),
        expect.objectContaining({ name: "unit", type: "string" }),
        expect.objectContaining({ name: "margin", type: "float64" }),
        expect.objectContaining({ name: "route", type: { list: { list: "float64" } } }),
        expect.objectContaining({ name: "frames", type: { list: "string" } }),
      ],
    },
  });
});
