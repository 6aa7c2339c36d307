import { expect, test } from "@jest/globals";
import { DatasetError } from "../src/errors.ts";

test("the message is one line with file, place, got, expected and advice", () => {
  const detail = { file: "data/train.jsonl", place: "line 3", got: "{", expected: "a record", advice: "Look." };
  const error = new DatasetError("jsonl-syntax", detail);
  expect(error.message).toBe("data/train.jsonl: line 3: got {, expected a record. Look.");
  expect(error).toMatchObject({ name: "DatasetError", code: "jsonl-syntax", detail });
});

test.each(["file", "folder", "the whole file"])(
  "regression: a.zip: %s: got a file; a place that says no more is left out",
  (place) => {
    const detail = { file: "a.zip", place, got: "an archive", expected: "a folder", advice: "Unpack it." };
    const error = new DatasetError("root", detail);
    expect(error.message).toBe("a.zip: got an archive, expected a folder. Unpack it.");
    expect(error.detail).toEqual(detail);
  },
);
