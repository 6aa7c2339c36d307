import { expect, test } from "@jest/globals";
import { isHubName } from "../../src/settings/isHubName.ts";

test.each([
  ["Qwen/Qwen2.5-VL-3B-Instruct", true],
  ["my_lab/model-1", true],
  ["./tiny", false],
  ["../tiny", false],
  ["/models/tiny", false],
  ["~/tiny", false],
  ["runs/a/model", false],
  ["tiny", false],
  ["", false],
])("%p: %p", (model, expected) => {
  expect(isHubName(model)).toBe(expected);
});
