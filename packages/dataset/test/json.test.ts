import { describe, expect, test } from "@jest/globals";
import { nestsDeeper, shownJson } from "../src/json.ts";
import { validateQuestion } from "../src/validate.ts";

function nested(depth: number): unknown {
  return JSON.parse(`${"[".repeat(depth)}1${"]".repeat(depth)}`);
}

describe("shownJson", () => {
  test("is JSON, or says that there is none", () => {
    expect(shownJson({ a: [1, "é"] })).toBe('{"a":[1,"é"]}');
    expect(shownJson(undefined)).toBe("nothing");
    expect(shownJson(nested(20_000))).toBe("what JSON can't hold");
    expect(shownJson(1n)).toBe("what JSON can't hold");
  });

  test("regression: a record nested 20,000 deep overflowed the stack of its own error", () => {
    expect(() => validateQuestion({ schema: nested(20_000) }, { file: "q.jsonl" })).toThrow(
      expect.objectContaining({ code: "question-schema" }),
    );
  });
});

test("nestsDeeper counts levels of lists and objects", () => {
  expect(nestsDeeper(1, 0)).toBe(false);
  expect(nestsDeeper({ a: [{ b: 1 }] }, 3)).toBe(false);
  expect(nestsDeeper({ a: [{ b: 1 }] }, 2)).toBe(true);
  expect(nestsDeeper(nested(100_000), 64)).toBe(true);
});
