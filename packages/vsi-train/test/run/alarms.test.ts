import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { metricsOf, newAlarms, type RaisedAlarm } from "../../src/run/alarms.ts";
import type { Metrics, StepEvent } from "../../src/run/events.ts";

/** 120 steps: longer than every alarm's window. */
const STEPS = 120;

/** Numbers in [0, 1) that follow from a seed (mulberry32), so that a failure can be seen again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Curves of a run that learns: noisy, with outliers in KL and batches without variance, as real ones have. */
function healthyCurves(seed: number): Metrics[] {
  const random = randomFrom(seed);
  const goal = 0.5 + 0.4 * random();
  const startingEntropy = 0.3 + 1.5 * random();
  const noise = 0.02 + 0.2 * random();
  return Array.from({ length: STEPS }, (_, at) => {
    const share = at / STEPS;
    return {
      loss: 0.1 * (random() - 0.5),
      grad_norm: 0.2 + 3 * random(),
      reward: goal * share + noise * random(),
      reward_format: Math.min(1, Math.max(0, 0.2 + 0.8 * share + noise * (random() - 0.5))),
      kl: 0.3 * share * (1 + random()) + (random() < 0.03 ? 40 * random() : 0),
      entropy: startingEntropy * (1 - 0.7 * share) * (0.8 + 0.4 * random()),
      frac_reward_zero_std: random() < 0.2 ? 1 : 0.7 * random(),
      completion_length: 20 + 10 * random(),
      sampling_difference: 0.08 * random(),
    };
  });
}

/** Runs curves through the alarms as a run does, step by step. */
function raise(curves: readonly Metrics[]): RaisedAlarm[] {
  const steps = curves.map(
    (metrics, at): StepEvent => ({
      event: "step",
      step: at + 1,
      of: curves.length,
      seconds: 1,
      trainer_seconds: 1,
      metrics,
    }),
  );
  const raised: RaisedAlarm[] = [];
  for (let length = 1; length <= steps.length; length++) raised.push(...newAlarms(steps.slice(0, length), raised));
  return raised;
}

/** Healthy curves with one metric changed from a step on. */
function failing(seed: number, from: number, change: (metrics: Metrics, since: number) => Metrics): Metrics[] {
  return healthyCurves(seed).map((metrics, at) =>
    at < from ? metrics : { ...metrics, ...change(metrics, at - from) },
  );
}

/** What is planted, which alarm it is for, and the latest number of steps after which it must have gone off. */
const FAILURES: readonly [string, number, (metrics: Metrics, since: number) => Metrics][] = [
  ["not-finite", 1, () => ({ loss: Number.NaN })],
  ["not-finite", 1, () => ({ grad_norm: Number.POSITIVE_INFINITY })],
  ["sampling-mismatch", 1, () => ({ sampling_difference: 0.6 })],
  ["kl-explosion", 12, (_metrics, since) => ({ kl: 8 * 1.5 ** since })],
  ["format-collapse", 20, (_metrics, since) => ({ reward_format: Math.max(0, 0.5 - 0.1 * since) })],
  ["entropy-collapse", 30, (metrics, since) => ({ entropy: metrics.entropy! * 0.5 ** since })],
  ["no-reward-variance", 20, () => ({ frac_reward_zero_std: 1 })],
];

describe("alarms", () => {
  test("none goes off in 200 healthy runs", () => {
    for (let seed = 0; seed < 200; seed++)
      expect({ seed, raised: raise(healthyCurves(seed)) }).toEqual({ seed, raised: [] });
  });

  test.each(FAILURES)("%s goes off within %i steps of its planted failure, once, and alone", (name, latest, change) => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 75, max: 85 }), (seed, from) => {
        const raised = raise(failing(seed, from, change));
        expect(raised.map((alarm) => alarm.name)).toEqual([name]);
        expect(raised[0]!.step).toBeGreaterThan(from);
        expect(raised[0]!.step).toBeLessThanOrEqual(from + latest);
      }),
      { numRuns: 50 },
    );
  });

  test("a run that never learned the format has none to lose, and one sure from the start loses no entropy", () => {
    const steady = healthyCurves(3).map((metrics) => ({ ...metrics, reward_format: 0.05, entropy: 0.004 }));
    expect(raise(steady)).toEqual([]);
  });

  test("a run without a format reward (NaN at every step) and SFT's few metrics are no alarm", () => {
    expect(raise(healthyCurves(1).map((metrics) => ({ ...metrics, reward_format: Number.NaN })))).toEqual([]);
    expect(raise(Array.from({ length: STEPS }, () => ({ loss: 0.4, token_accuracy: 0.8 })))).toEqual([]);
    expect(newAlarms([], [])).toEqual([]);
  });

  test("each message says the numbers and what to do", () => {
    for (const [name, , change] of FAILURES) {
      const [alarm] = raise(failing(7, 80, change));
      expect(alarm!.name).toBe(name);
      expect(alarm!.message).toMatch(/\d|NaN|Infinity/);
      expect(alarm!.message).toMatch(/Resume from|Lower|--beta|samples\.jsonl/);
    }
  });
});

test("an alarm's metrics: its own; of not-finite the one that its message names; none of an unknown alarm", () => {
  const step = (metrics: Metrics): StepEvent => ({
    event: "step",
    step: 1,
    of: 2,
    seconds: 1,
    trainer_seconds: 1,
    metrics,
  });
  const [raised] = newAlarms([step({ loss: 0.1, grad_norm: Number.NaN })], []);
  expect(metricsOf(raised as RaisedAlarm)).toEqual(["grad_norm"]);
  expect(metricsOf({ name: "entropy-collapse", step: 1, message: "entropy fell" })).toEqual(["entropy"]);
  expect(metricsOf({ name: "of-a-later-version", step: 1, message: "x" })).toEqual([]);
});
