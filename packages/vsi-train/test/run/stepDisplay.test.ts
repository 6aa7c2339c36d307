import { PassThrough } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import type { ProgressStyle } from "@vsi/command";
import type { Metrics, StepEvent } from "../../src/run/events.ts";
import { createStepDisplay, progressLine } from "../../src/run/stepDisplay.ts";

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

function display(style: ProgressStyle, now: () => number = () => 0) {
  const stream = Object.assign(new PassThrough(), { columns: 20 }) as unknown as NodeJS.WriteStream & PassThrough;
  return { ...createStepDisplay(style, stream, now), written: () => String(stream.read() ?? "") };
}

/** What stands on a terminal's lines after text with carriage returns and erasures. */
function onTerminal(text: string): string[] {
  return text.split("\n").map((line) => line.split("\r\u001B[K").at(-1)!);
}

describe("createStepDisplay", () => {
  test("on a terminal one line is drawn over itself, cut to the width, and other lines stay above it", () => {
    const { show, note, stop, written } = display("bar");
    note("before");
    show("step 1/9", false);
    show("step 2/9, and much more than fits", false);
    note("a warning");
    show("step 3/9", false);
    stop();
    expect(onTerminal(written())).toEqual(["before", "a warning", "step 3/9", ""]);
    show("step 2/9, and much more than fits", false);
    expect(onTerminal(written())).toEqual(["step 2/9, and much "]);
  });

  test("elsewhere the first, the last, and one every half minute", () => {
    let time = 0;
    const { show, stop, written } = display("lines", () => time);
    for (let step = 1; step <= 100; step++) {
      time = step;
      show(`step ${step}`, step === 100);
    }
    stop();
    expect(written()).toBe("step 1\nstep 31\nstep 61\nstep 91\nstep 100\n");
  });

  test("or nothing but notes", () => {
    const { show, note, stop, written } = display("none");
    show("step 1", true);
    note("error");
    stop();
    expect(written()).toBe("error\n");
  });
});
