import { expect, test } from "@jest/globals";
import { describeValue } from "../src/records.ts";

test("values are shown as JSON in one line, cut when they are long", () => {
  expect([undefined, null, "a\nb", [1]].map(describeValue)).toEqual(["nothing", "null", '"a\\nb"', "[1]"]);
  expect(describeValue("x".repeat(500))).toHaveLength(81);
});
