import { describe, expect, test } from "@jest/globals";
import { runVsiTrain } from "@vsi/testing/commands";
import { forkingPython } from "@vsi/testing/forkingPython";
import { describeTrainer } from "@vsi/testing/trainerPython";
import { describeMeasured } from "../../src/commands/measure.ts";

const ENVIRONMENT = { VSI_TRAINER_PYTHON: await forkingPython(), OMP_NUM_THREADS: "1" };

const REPORT = {
  preset: "vsgrpo-2b",
  method: "grpo",
  device: "NVIDIA A100",
  half_precision: true,
  parameters: 2.283e9,
  frozen_tower: true,
  steps: 3,
  seconds: { step: 40, preparation: 1, generation: 30, forward_backward: 8.5, optimizer: 0.4, rewards: 0.1 },
  prompt_tokens: 2000,
  completion_tokens: 512,
  shape: { batch: 14, accumulation: 1, frames: 16, "max-pixels": 100_352, full: false, set: {} },
  peak_bytes: 20e9,
  baseline_bytes: 0.6e9,
  estimated_bytes: 22e9,
  projected: { questions: 100_000, processes: 8, steps: 12_500, hours: 138.9 },
} as const;

describe("vsi-train measure", () => {
  test("says the seconds by part, the peak against the estimate, and the hours", () => {
    const text = describeMeasured(REPORT);
    expect(text).toContain(
      "vsgrpo-2b, grpo, 2,283 million random weights on NVIDIA A100; prompts of 2000 tokens, completions of 512.",
    );
    expect(text).toMatch(/generation +30\.00 s +75 %/);
    expect(text).toContain(
      "Memory: 20 GB at the peak, 22 GB by --dry-run's estimate. Both leave out Python with its libraries, 600 MB of main memory, and the GPU driver's own.",
    );
    expect(text).toContain("100,000 questions on 8 such devices: 12,500 steps, about 140 hours.");
  });

  test.each([
    [["--preset", "vsgrpo-2b", "--method", "dpo"], /--method: the preset vsgrpo-2b is for grpo, got dpo/],
    [["--preset", "tiny", "--frame-size", "640"], /--frame-size: got 640/],
    [["--preset", "tiny", "--frame-size", "99999999x480"], /--frame-size: got 99999999x480, .* from 1 to 8192/],
    [["--preset", "tiny", "--steps", "1"], /--steps: got 1/],
    [["--preset", "tiny", "--set", "max_steps=5"], /--set: got max_steps, which --steps decides/],
  ])("%j is refused", async (words, message) => {
    const { exitCode, stderr } = await runVsiTrain(["measure", ...words]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describeTrainer("measuring on this machine", () => {
  test("a shape that does not fit is refused before anything starts", async () => {
    const { exitCode, stderr } = await runVsiTrain(
      ["measure", "--preset", "vsgrpo-7b", "--batch", "1400"],
      ENVIRONMENT,
    );
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/--preset vsgrpo-7b: needs about \d.* GB.*Nothing was started/);
  });

  test.each(["grpo", "dpo"])(
    "the tiny model, %s: the parts make up a step, and the tower is not learned through",
    async (method) => {
      const words = [
        "--preset",
        "tiny",
        "--method",
        method,
        "--batch",
        "16",
        "--steps",
        "2",
        "--frame-size",
        "160x120",
      ];
      const { exitCode, stdout, stderr } = await runVsiTrain(["measure", ...words, "--json"], ENVIRONMENT);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      const report = JSON.parse(stdout);
      const { step, ...parts } = report.seconds as Record<string, number>;
      expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(step!, 6);
      expect(parts.forward_backward).toBeGreaterThan(0);
      expect(parts.preparation).toBeGreaterThan(0);
      expect(parts.generation! > 0).toBe(method === "grpo");
      expect(report).toMatchObject({
        preset: "tiny",
        method,
        shape: { frames: expect.any(Number) },
        frozen_tower: true,
        steps: 2,
      });
      expect(report.peak_bytes).toBeGreaterThan(4 * report.parameters);
      // torch alone is more.
      expect(report.baseline_bytes).toBeGreaterThan(200e6);
      expect(report.projected.hours).toBeCloseTo((report.projected.steps * step!) / 3600, 6);
    },
  );

  test.each(["grpo", "dpo"])(
    "regression: %s of all weights looked for its reference by a name that a random model has not",
    async (method) => {
      const words = ["--preset", "tiny", "--method", method, "--batch", "16", "--steps", "2", "--full", "--json"];
      const { exitCode, stdout, stderr } = await runVsiTrain(["measure", ...words], ENVIRONMENT);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      // The reference's weights, too, and what Adam keeps.
      expect(JSON.parse(stdout).peak_bytes).toBeGreaterThan(20 * JSON.parse(stdout).parameters);
    },
  );
});
