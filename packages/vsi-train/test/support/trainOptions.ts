import { PRESETS } from "../../src/settings/presets.ts";
import type { TrainOptions } from "../../src/settings/trainOptions.ts";

/** A run by the paper's preset; a test says what matters to it. */
export function makeTrainOptions(own: Partial<TrainOptions> = {}): TrainOptions {
  const { settings } = PRESETS["vsgrpo-2b"].methods.grpo!;
  const { learningRate, epochs, batch, accumulation, frames, maxPixels, lora, trainer } = settings;
  return {
    ...{ learningRate, epochs, batch, accumulation, frames, maxPixels, lora, trainer },
    method: "grpo",
    preset: "vsgrpo-2b",
    model: "Qwen/Qwen2-VL-2B-Instruct",
    revision: null,
    data: "./data",
    framesDir: null,
    out: "./run",
    mode: "vanilla",
    reward: "paper",
    rewardWeights: null,
    split: "train",
    types: null,
    limit: null,
    heldOut: 200,
    adapter: null,
    steps: null,
    saveEvery: 100,
    seed: 0,
    given: {},
    rewardPlugin: null,
    deepspeed: null,
    launch: { processes: 1, hosts: 1, host: 0, rendezvous: null },
    resume: null,
    overwrite: false,
    ...own,
  };
}
