import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "@vsi/dataset/internal";
import { BenchmarkError } from "./harness/errors.ts";
import type { Measurement } from "./harness/measurement.ts";
import { named } from "./harness/named.ts";
import { runMeasured } from "./harness/processes.ts";
import { ratioOf, ratioText, threeDigits } from "./harness/ratio.ts";

/** Enough for a tenth of them to be kept for validation and the rest to fill a step. */
const ROOMS = 54;

/** Steps that count, and steps before, in which torch and Node get warm. */
const [STEPS, WARM_UP_STEPS] = [15, 3];
const METHODS = ["grpo", "sft"] as const;

/** Threads wait for each other where other programs run, and a longer step makes the share look smaller than it is. */
const ONE_THREAD = { OMP_NUM_THREADS: "1" };
const packages = new URL("../../packages/", import.meta.url);
const vsiBuild = fileURLToPath(new URL("vsi-build/bin/vsi-build.js", packages));
const vsiTrain = fileURLToPath(new URL("vsi-train/bin/vsi-train.js", packages));

/** The seconds of a training step, and those of them that were spent in TRL's own code. */
interface Step {
  seconds: number;
  trainer_seconds: number;
}

/** How much longer a step takes because of what the worker adds to TRL: rewards, reports, the look for signals. */
export const measurement: Measurement = {
  summary: "share of a training step outside TRL's own code, with the tiny model (needs vsi-train setup)",
  byDefault: true,
  flags: {},
  async measure({ folder, say }) {
    const [raw, data, tiny] = [join(folder, "raw"), join(folder, "data"), join(folder, "tiny")];
    const { exitCode, complaint } = await runMeasured([vsiTrain, "tiny-model", "--out", tiny]);
    if (exitCode === 2) {
      say(`skipped: ${complaint.trim()}`);
      return [];
    }
    if (exitCode !== 0) throw failure("vsi-train tiny-model", exitCode, complaint);
    const plain = ["--style", "plain", "--frames", "1", "--vertices", "5000", "--rooms", String(ROOMS)];
    await run(vsiBuild, ["samples", raw, ...plain]);
    const frames = ["--frames", "1", "--frame-size", "56x56"];
    await run(vsiBuild, ["--scannet", raw, "--out", data, ...frames, "--types", "object_counting"]);
    const shares = new Map<string, { steps: Step[]; seconds: number }>();
    for (const method of METHODS) {
      say(`${WARM_UP_STEPS + STEPS} steps of ${method}`);
      const out = join(folder, method);
      const flags = ["--preset", "tiny", "--full", "--held-out", "0", "--steps", String(WARM_UP_STEPS + STEPS)];
      await run(vsiTrain, [method, "--model", tiny, "--data", data, "--out", out, ...flags]);
      const steps = (await readSteps(out)).slice(WARM_UP_STEPS);
      shares.set(method, { steps, seconds: median(steps.map(({ seconds }) => seconds)) });
    }
    const shareOf = ({ steps }: { steps: Step[] }) =>
      ratioOf(
        steps.map(({ seconds, trainer_seconds }) => seconds - trainer_seconds),
        steps.map(({ seconds }) => seconds),
      );
    return [
      {
        title: "Training with the tiny model",
        columns: ["method", "share of a step outside TRL", "s a step"],
        rows: [...shares].map(([method, timed]) => [method, ratioText(shareOf(timed)), threeDigits(timed.seconds)]),
        aims: [
          {
            what: "what GRPO's step adds to TRL, share of the step",
            bound: "at most",
            aim: 0.03,
            ratio: shareOf(named(shares, "grpo")),
          },
        ],
        notes: [
          `By the worker's own clock, of ${STEPS} steps: the tiny preset with --full, one frame of 56x56, one thread, for GRPO 128 rollouts of at most 8 tokens rewarded one by one. A larger model's step is longer, what is added to it is not.`,
        ],
      },
    ];
  },
};

async function run(file: string, words: readonly string[]): Promise<void> {
  const { exitCode, complaint } = await runMeasured([file, ...words], ONE_THREAD);
  if (exitCode !== 0) throw failure([file, ...words].join(" "), exitCode, complaint);
}

function failure(place: string, exitCode: number | null, complaint: string): BenchmarkError {
  return new BenchmarkError({
    place,
    got: `exit code ${exitCode}: ${complaint.trim()}`,
    expected: "exit code 0",
    advice: "Correct that first; vsi-train doctor says what is missing.",
  });
}

async function readSteps(run: string): Promise<Step[]> {
  const lines = (await readFile(join(run, "metrics.jsonl"), "utf8")).trim().split("\n");
  const events = lines.map((line) => JSON.parse(line) as Step & { event: string });
  return events.filter(({ event }) => event === "step");
}
