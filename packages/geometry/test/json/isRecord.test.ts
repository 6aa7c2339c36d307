import { expect, test } from "@jest/globals";
import { isRecord } from "../../src/json/isRecord.ts";

test("objects are records, those named like inherited members too", () => {
  expect(isRecord({})).toBe(true);
  expect(isRecord(JSON.parse('{"__proto__": 1}'))).toBe(true);
});

test.each([null, undefined, [], [{}], "{}", 0, true])("%j is none", (value) => {
  expect(isRecord(value)).toBe(false);
});
