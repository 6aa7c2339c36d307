import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { describeTrainer, newFolder } from "@vsi/testing/trainerPython";
import { eventsOf, expectDone, grpoTrainer, runTrainer, sharedTinyModel } from "../support/runTrainer.ts";
import { writeToyRows } from "../support/toyRows.ts";

const driver = fileURLToPath(new URL("../support/dumpGrpo.py", import.meta.url));
const recordingReward = fileURLToPath(new URL("../support/recordingReward.js", import.meta.url));

const GROUP = 4;
const EPSILON = 0.2;
const BETA = 0.05;

interface Dump {
  groups: { rewards: number[]; advantages: number[] }[];
  losses: LossInputs[];
}

/** One update: a row a completion, a column a token; natural logarithms. */
interface LossInputs {
  loss: number;
  policy: number[][];
  old: number[][];
  reference: number[][];
  mask: number[][];
  advantages: number[];
}

/** A_i = (r_i - mean r) / std r (arXiv 2504.00883v2); TRL's std has one degree of freedom, and 1e-4 is added to it. */
function advantagesOf(group: number[]): number[] {
  const mean = group.reduce((sum, reward) => sum + reward, 0) / group.length;
  const variance = group.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / (group.length - 1);
  return group.map((reward) => (reward - mean) / (Math.sqrt(variance) + 1e-4));
}

/**
 * The paper's objective with its sign turned: the mean over completions of the mean over tokens; and what happened on
 * the way.
 */
function lossOf({ policy, old, reference, mask, advantages }: LossInputs) {
  let clipped = 0;
  let divergence = 0;
  let tokens = 0;
  let moved = 0;
  const completions = policy.map((logarithms, row) => {
    const advantage = advantages[row] as number;
    const terms = logarithms.flatMap((logarithm, at) => {
      if (mask[row]![at] === 0) return [];
      const ratio = Math.exp(logarithm - old[row]![at]!);
      const bounded = Math.min(Math.max(ratio, 1 - EPSILON), 1 + EPSILON);
      const referenceRatio = Math.exp(reference[row]![at]! - logarithm);
      const kl = referenceRatio - Math.log(referenceRatio) - 1;
      tokens += 1;
      divergence += kl;
      if (Math.abs(ratio - 1) > 0.01) moved += 1;
      if (bounded * advantage < ratio * advantage) clipped += 1;
      return [-(Math.min(ratio * advantage, bounded * advantage) - BETA * kl)];
    });
    return terms.reduce((sum, term) => sum + term, 0) / terms.length;
  });
  const loss = completions.reduce((sum, completion) => sum + completion, 0) / completions.length;
  return { loss, kl: divergence / tokens, clipRatio: clipped / tokens, moved: moved / tokens };
}

describeTrainer("GRPO's numbers, from the definitions", () => {
  test("advantages, KL estimate and clipped loss, with two updates a batch", async () => {
    const folder = await newFolder();
    const run = await runTrainer(
      {
        method: "grpo",
        model: await sharedTinyModel(),
        run: join(folder, "run"),
        rows: await writeToyRows(folder, "grpo", { count: 16 }),
        reward_command: ["node", recordingReward, join(folder, "requests.jsonl")],
        trainer: grpoTrainer({
          num_generations: GROUP,
          epsilon: EPSILON,
          beta: BETA,
          num_iterations: 2,
          max_steps: 4,
          learning_rate: 3e-3,
          save_strategy: "no",
        }),
      },
      { driver },
    );
    expectDone(run);
    const dump: Dump = JSON.parse(await readFile(join(folder, "run", "dump.json"), "utf8"));
    const requests = (await readFile(join(folder, "requests.jsonl"), "utf8")).trimEnd().split("\n");
    const paid = requests.map((line) => (JSON.parse(line).completion.length % 7) / 7);

    expect(dump.groups).toHaveLength(2);
    expect(dump.groups.flatMap(({ rewards }) => rewards)).toEqual(paid.map((reward) => expect.closeTo(reward, 6)));
    for (const { rewards, advantages } of dump.groups) {
      const groups = [rewards.slice(0, GROUP), rewards.slice(GROUP)];
      expect(advantages).toEqual(groups.flatMap(advantagesOf).map((advantage) => expect.closeTo(advantage, 4)));
      expect(new Set(rewards).size).toBeGreaterThan(1);
    }

    const steps = eventsOf(run, "step").map(({ metrics }) => metrics);
    const computed = dump.losses.map(lossOf);
    expect(computed).toHaveLength(4);
    for (const [at, { loss, kl, clipRatio }] of computed.entries()) {
      expect(dump.losses[at]!.loss).toBeCloseTo(loss, 5);
      expect(steps[at].loss).toBeCloseTo(loss, 5);
      expect(steps[at].kl).toBeCloseTo(kl, 5);
      expect(steps[at].clip_ratio).toBeCloseTo(clipRatio, 5);
    }
    // The first update of a batch has ratios of 1; the second has others, and some are clipped: else the test shows
    // little.
    expect(computed.map(({ moved }) => moved > 0)).toEqual([false, true, false, true]);
    expect(computed[1]!.clipRatio).toBeGreaterThan(0);
    expect(computed[1]!.clipRatio).toBeLessThan(1);
    expect(computed[0]!.kl).toBeCloseTo(0, 6);
    expect(computed[3]!.kl).toBeGreaterThan(0);
  });
});
