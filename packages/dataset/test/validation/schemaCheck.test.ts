import { expect, test } from "@jest/globals";
import { schemaCheck } from "../../src/validation/schemaCheck.ts";

test("the schema is compiled at the first check, not before", () => {
  const check = schemaCheck({ type: "nonsense" }, "some-schema");
  expect(() => check(1, { file: "a.json" })).toThrow(/schema is invalid/);
});

test("a long value is cut in the error, and undefined is named", () => {
  const check = schemaCheck({ type: "number" }, "some-schema");
  expect(() => check("x".repeat(1000), { file: "a.json" })).toThrow(/^a\.json: the record: got "x{79}, expected/);
  expect(() => check(undefined, { file: "a.json" })).toThrow(/got nothing/);
});
