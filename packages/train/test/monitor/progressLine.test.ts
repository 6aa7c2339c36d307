import { describe, expect, test } from "@jest/globals";
import { progressLine } from "../../src/monitor/progressLine.ts";
import type { Metrics, StepEvent } from "../../src/worker/workerEvent.ts";

function steps(seconds: readonly number[], metrics: Metrics, of = 500): StepEvent[] {
  return seconds.map((time, at) => ({
    event: "step",
    step: at + 1,
    of,
    seconds: time,
    trainer_seconds: time,
    metrics,
  }));
}

describe("progressLine", () => {
  test("says what GRPO is watched by", () => {
    const metrics = {
      reward: 0.428,
      reward_format: 0.9,
      reward_accuracy: 0.31,
      reward_guards: 0.02,
      kl: 0.00123,
      completion_length: 44.6,
      frac_reward_zero_std: 0.25,
      loss: 0.0001,
    };
    expect(progressLine(steps([2, 2], metrics))).toBe(
      "step 2/500 | reward 0.43 (format 0.90, accuracy 0.31, guards 0.02) | KL 0.0012 | length 45 | no variance 25 % | loss 0.000100 | 2.0 s/step, 17 min left",
    );
  });

  test("leaves out what a method or a mode does not have", () => {
    expect(progressLine(steps([1], { loss: 1.25, token_accuracy: 0.5 }, 11))).toBe(
      "step 1/11 | loss 1.25 | token accuracy 0.50 | 1.0 s/step, 10 s left",
    );
    expect(progressLine(steps([1], { reward: 1, reward_format: Number.NaN }, 1))).toBe(
      "step 1/1 | reward 1.00 | 1.0 s/step, 0 s left",
    );
    expect(progressLine([])).toBe("");
  });

  test("the time left follows the latest steps; one slow step does not move it", () => {
    const slowStart = [...Array(30).fill(100), ...Array(20).fill(1)];
    expect(progressLine(steps(slowStart, {}, 100))).toContain("50 s left");
    expect(progressLine(steps([1, 1, 1, 900, 1], {}, 15))).toContain("10 s left");
  });
});
