import { expect, test } from "@jest/globals";
import { letteredOptions } from "../../src/text/letteredOptions.ts";

test("VSI-Bench's form", () => {
  expect(letteredOptions(["left", "right", "back"])).toEqual(["A. left", "B. right", "C. back"]);
  expect(letteredOptions([])).toEqual([]);
});
