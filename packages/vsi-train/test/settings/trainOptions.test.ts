import { expect, test } from "@jest/globals";
import { UsageError } from "@vsi/command";
import fc from "fast-check";
import { checkBatch, isHubName } from "../../src/settings/trainOptions.ts";

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

const small = fc.integer({ min: 1, max: 40 });

test("whole groups pass; for others the accumulation that is proposed makes whole ones, and no smaller one does", () => {
  fc.assert(
    fc.property(small, small, small, fc.integer({ min: 2, max: 40 }), (batch, accumulation, processes, rollouts) => {
      const step = { batch, accumulation, processes, rollouts };
      if ((batch * accumulation * processes) % rollouts === 0) return checkBatch(step);
      let message = "";
      try {
        checkBatch(step);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
        message = (error as Error).message;
      }
      const proposed = Number(/--accumulation (\d+) \(/.exec(message)?.[1]);
      const smallest = Array.from({ length: rollouts }, (_, index) => index + 1).find(
        (candidate) => (batch * candidate * processes) % rollouts === 0,
      );
      expect(proposed).toBe(smallest);
    }),
  );
});

test("says what it got and what to give", () => {
  expect(() => checkBatch({ batch: 4, accumulation: 1, processes: 2, rollouts: 14 })).toThrow(
    "--batch 4 x --accumulation 1 x --processes 2 = 8 completions per step, expected a multiple of --rollouts 14: a question's group must stay whole. --accumulation 7 (or a multiple of it) fits, or --batch 14.",
  );
});
