import { expect, test } from "@jest/globals";
import { gainText } from "../../src/study/studyDemo.ts";

test.each([
  [{ value: 0.1234, interval: [0.05, 0.2] }, "+12.3 points (95 %: +5.0 to +20.0;"],
  [{ value: 0, interval: [-0.021, 0.02] }, "+0.0 points (95 %: -2.1 to +2.0;"],
] as const)("the gain in points, with its signs", (gain, text) => {
  expect(gainText(gain)).toContain(text);
});
