import { expect, test } from "@jest/globals";
import { letteredOptions } from "../../src/text/letteredOptions.ts";

test("VSI-Bench's form", () => {
  expect(letteredOptions(["left", "right", "back"])).toEqual(["A. left", "B. right", "C. back"]);
  expect(letteredOptions([..."uvwxyz"]).at(-1)).toBe("F. z");
  expect(letteredOptions([])).toEqual([]);
});
