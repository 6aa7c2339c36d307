import { join } from "node:path";
import { runCommand } from "../commands.ts";
import type { DemoData } from "./data.ts";
import { type Difference, difference, evaluate, type OtherFrames, SCORE_FILES } from "./evaluate.ts";
import type { DemoOptions } from "./options.ts";

/** What came out for one seed; shares of the held-out questions that are right, 0 to 1. */
export interface SeedResult {
  seed: number;
  /** After SFT, before GRPO. */
  before: number;
  after: number;
  /** After, asked without frames, and with those of other rooms. */
  withoutFrames: number;
  otherRooms: number;
  /** From before to after. */
  gain: Difference;
  /** What the frames are worth: from none, and from those of other rooms, to a room's own. */
  overWithoutFrames: Difference;
  overOtherRooms: Difference;
}

/** The folders of a seed's runs. */
export function runFolders({ folder }: Pick<DemoOptions, "folder">, seed: number): { sft: string; grpo: string } {
  return { sft: join(folder, "runs", `sft-${seed}`), grpo: join(folder, "runs", `grpo-${seed}`) };
}

/**
 * A new model from the seed, taught the form and a little counting by SFT, then trained by GRPO; evaluated before and
 * after.
 */
export async function trainSeed(
  seed: number,
  data: DemoData,
  baseUrl: string,
  options: DemoOptions,
  signal: AbortSignal,
): Promise<SeedResult> {
  const { folder, sftSteps, grpoSteps } = options;
  const { sft, grpo } = runFolders(options, seed);
  const tiny = join(folder, "models", `tiny-${seed}`);
  await runCommand("vsi-train", ["tiny-model", "--out", tiny, "--seed", String(seed)], { signal });
  const train = async (method: "sft" | "grpo", model: string, out: string, steps: number): Promise<void> => {
    // Every weight: the model is random, so there is nothing that an adapter could add to.
    const how = ["--preset", "tiny", "--full", "--steps", String(steps), "--seed", String(seed)];
    // Held-out rows half way and at the end, which are also the checkpoints.
    const often = ["--save-every", String(Math.ceil(steps / 2))];
    const words = [method, "--model", model, "--data", data.train, "--out", out, ...how, ...often];
    await runCommand("vsi-train", words, { signal });
  };
  const { questions, frames: framesFolder } = data;
  const answers = (name: string): string => join(folder, "answers", `${name}-${seed}`);
  const ask = async (run: string, name: string, shown: "own" | OtherFrames = "own"): Promise<number> => {
    const model = join(run, "model");
    const right = await evaluate({ model, baseUrl, questions, framesFolder, shown, out: answers(name) }, signal);
    process.stdout.write(`Seed ${seed}, ${name}: ${(100 * right).toFixed(1)} % of the held-out questions right\n`);
    return right;
  };
  await train("sft", tiny, sft, sftSteps);
  const before = await ask(sft, "before");
  await train("grpo", join(sft, "model"), grpo, grpoSteps);
  const after = await ask(grpo, "after");
  const withoutFrames = await ask(grpo, "without-frames", "without-frames");
  const otherRooms = await ask(grpo, "other-rooms", "frames-of-other-rooms");
  const exact = (name: string): string => join(answers(name), SCORE_FILES.exact);
  const over = (name: string): Promise<Difference> => {
    const output = join(folder, "answers", `after-over-${name}-${seed}.json`);
    return difference([exact(name), exact("after")], "robust", output, signal);
  };
  const differences = {
    gain: await over("before"),
    overWithoutFrames: await over("without-frames"),
    overOtherRooms: await over("other-rooms"),
  };
  const html = ["--html", comparisonPage(options, seed), "--quiet"];
  const scores = ["before", "after"].map((name) => join(answers(name), SCORE_FILES.score));
  await runCommand("vsi-eval", ["compare", ...scores, ...html], { signal });
  return { seed, before, after, withoutFrames, otherRooms, ...differences };
}

/** The page that holds a seed's answers before GRPO beside those after it. */
export function comparisonPage({ folder }: Pick<DemoOptions, "folder">, seed: number): string {
  return join(folder, `comparison-${seed}.html`);
}
