import { expect, test } from "@jest/globals";
import { UsageError } from "@vsi/command";
import fc from "fast-check";
import { checkBatch, checkRows, isHubName, planSteps } from "../../src/settings/trainOptions.ts";
import { makeTrainOptions } from "../support/trainOptions.ts";

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

// What TRL 1.13 said of runs with these settings, in `of` of their steps.
test.each([
  ["grpo", { batch: 8, accumulation: 1, processes: 2 }, { perStep: 16, questions: 2, rollouts: 8, steps: 10 }],
  ["grpo", { batch: 8, accumulation: 4, processes: 2 }, { perStep: 64, questions: 8, rollouts: 8, steps: 2 }],
  ["sft", { batch: 2, accumulation: 2, processes: 2 }, { perStep: 8, questions: null, rollouts: null, steps: 3 }],
  ["sft", { batch: 8, accumulation: 1, processes: 1 }, { perStep: 8, questions: null, rollouts: null, steps: 3 }],
] as const)("21 rows of %s, %p", (method, { processes, ...step }, expected) => {
  const launch = { processes, hosts: 1, host: 0, rendezvous: null };
  const options = { ...makeTrainOptions(), method, ...step, trainer: { num_generations: 8 }, launch };
  expect(planSteps(options, 21)).toEqual(expected);
  expect(planSteps({ ...options, steps: 7 }, 21).steps).toBe(7);
});

test("regression: GRPO on fewer questions than a step takes ended as done, with a model that no step had trained", () => {
  const options = { ...makeTrainOptions(), batch: 28, trainer: { num_generations: 14 } };
  expect(() => checkRows(options, 1)).toThrow(
    "got 1 question to train on, expected at least 2: a step has 28 completions. Lower --batch",
  );
  checkRows(options, 2);
  checkRows({ ...options, method: "sft" }, 1);
});
