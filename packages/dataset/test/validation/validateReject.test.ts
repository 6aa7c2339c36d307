import { describe, expect, test } from "@jest/globals";
import schema from "@vsi/dataset/schemas/reject.schema.json" with { type: "json" };
import { QUESTION_TYPES } from "../../src/questionTypes.ts";
import { validateReject } from "../../src/validation/validateReject.ts";
import { mutations } from "../support/mutations.ts";
import { candidateReject, scanReject } from "../support/samples.ts";

const where = { file: "rejects.jsonl", place: "line 1" };

test("the type's samples follow the schema: a scan and a candidate", () => {
  expect(() => validateReject(scanReject, where)).not.toThrow();
  expect(() => validateReject(candidateReject, where)).not.toThrow();
});

test("schema and type know the same question types and fields, all required", () => {
  expect(schema.properties.question_type.enum).toEqual([...QUESTION_TYPES, null]);
  expect(schema.required).toEqual(Object.keys(scanReject));
});

describe("refuses", () => {
  test.each(mutations(candidateReject))("$change", ({ value }) => {
    expect(() => validateReject(value, where)).toThrow(expect.objectContaining({ code: "reject-schema" }));
  });

  test.each(["", "Ply truncated", "-a", "a--b"])("the code %j, which is not fit for counting", (code) => {
    expect(() => validateReject({ ...scanReject, code }, where)).toThrow(/\/code/);
  });
});
