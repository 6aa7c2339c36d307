import { expect, test } from "@jest/globals";
import { at } from "../src/at.ts";

test("a value that is there, false ones too; otherwise an error", () => {
  expect([at([0, "", null], 0), at([0, "", null], 1), at([0, "", null], 2)]).toEqual([0, "", null]);
  for (const index of [-1, 3, 0.5, Number.NaN]) expect(() => at([1, 2, 3], index)).toThrow(RangeError);
});
