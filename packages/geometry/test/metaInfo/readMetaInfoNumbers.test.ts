import { expect, test } from "@jest/globals";
import { metaInfoFail } from "../../src/metaInfo/metaInfoError.ts";
import { LARGEST_COORDINATE, readMetaInfoNumbers } from "../../src/metaInfo/readMetaInfoNumbers.ts";
import { thrownError } from "../thrownError.ts";

const read = (value: unknown) => readMetaInfoNumbers(value, 3, "some-code", "here", metaInfoFail("file"));

test("numbers come as they are, -0 as 0", () => {
  expect(read([0.1 + 0.2, -LARGEST_COORDINATE, -0])).toStrictEqual([0.30000000000000004, -LARGEST_COORDINATE, 0]);
});

test.each<[string, unknown, string]>([
  ["no list", undefined, "here"],
  ["a list of two", [1, 2], "here"],
  ["a list of four", [1, 2, 3, 4], "here"],
  ["text", [1, "2", 3], "here[1]"],
  ["null, as JSON writes NaN", [1, 2, null], "here[2]"],
  ["NaN", [Number.NaN, 2, 3], "here[0]"],
  ["1e999, which JSON reads as Infinity", [1, JSON.parse("1e999"), 3], "here[1]"],
  ["more than ten thousand kilometres", [1, 2, 1.1e7], "here[2]"],
  ["a hole", Object.assign(new Array(3), { 0: 1, 2: 3 }), "here[1]"],
])("%s is refused with its place", async (_, value, place) => {
  const error = await thrownError(() => read(value));
  expect([error?.code, error?.detail.place]).toEqual(["some-code", place]);
});
