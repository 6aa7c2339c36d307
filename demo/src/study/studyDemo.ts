import { join } from "node:path";
import { formatDuration } from "@vsi/command";
import { runCommand, runUntilSignal } from "../commands.ts";
import { beginDemo } from "../training/beginDemo.ts";
import { makeData } from "../training/data.ts";
import { type Difference, difference } from "../training/evaluate.ts";
import { DEMO_DEFAULTS, type DemoOptions } from "../training/options.ts";

/** What the demo of a study runs; rooms as in the demo of training. */
export interface StudyDemoOptions extends Pick<DemoOptions, "folder" | "rooms" | "heldOutRooms"> {
  /** Name or file of a study with the cells `sft` and `vsgrpo-v`. */
  study: string;
  /** All seeds of its cells, two or more: a model is made for each. */
  seeds: readonly number[];
}

/** `npm run demo:study`. */
export const STUDY_DEMO_DEFAULTS: StudyDemoOptions = {
  folder: "demo-output/study",
  rooms: DEMO_DEFAULTS.rooms,
  heldOutRooms: DEMO_DEFAULTS.heldOutRooms,
  study: "tiny",
  seeds: [0, 1, 2],
};

/** `npm run demo:study`: sets the process's exit code, 1 when a command fails or vsGRPO-V does not beat SFT. */
export async function demo(): Promise<void> {
  await runUntilSignal("demo:study", async (signal) => {
    const began = performance.now();
    const gain = await studyDemo(STUDY_DEMO_DEFAULTS, signal);
    process.stdout.write(`\n${gainText(gain)}\nDone in ${formatDuration((performance.now() - began) / 1000)}.\n`);
    if (gain.interval[0] > 0) return 0;
    process.stderr.write("demo:study: vsGRPO-V does not beat SFT: its interval reaches 0.\n");
    return 1;
  });
}

/**
 * A study by the project's own commands: sample rooms, datasets, a tiny random model a seed, and `vsi-train study`, which
 * trains, serves and evaluates every cell and prints the table. Prints every command before its output.
 *
 * @returns how much more GRPO of plain answers scores than the SFT it starts from, each as the mean of its seeds.
 */
export async function studyDemo(options: StudyDemoOptions, signal: AbortSignal): Promise<Difference> {
  const { folder, study, seeds } = options;
  await beginDemo(folder, signal);
  const { train, questions, frames } = await makeData(options, signal);
  const model = (seed: number | string): string => join(folder, "models", `tiny-${seed}`);
  for (const seed of seeds) {
    await runCommand("vsi-train", ["tiny-model", "--out", model(seed), "--seed", String(seed)], { signal });
  }
  const out = join(folder, "study");
  const asked = ["--benchmark", questions, "--frames-dir", frames];
  const words = ["study", study, "--data", train, "--model", model("{seed}"), ...asked, "--out", out];
  await runCommand("vsi-train", words, { signal });
  const mean = (cell: string): string => join(out, "cells", cell, "mean.json");
  const output = join(folder, "vsgrpo-v-over-sft.json");
  return await difference([mean("sft"), mean("vsgrpo-v")], "official", output, signal);
}

/** The claim in words, in percentage points. */
export function gainText({ value, interval: [low, high] }: Difference): string {
  return `vsGRPO-V over SFT: ${points(value)} points (95 %: ${points(low)} to ${points(high)}; paired bootstrap over rooms of the means over seeds, by vsi-eval compare).`;
}

function points(difference: number): string {
  return `${difference < 0 ? "" : "+"}${(100 * difference).toFixed(1)}`;
}
