import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Question } from "@vsi/dataset";
import { type StartedProcess, startVsiTrain } from "@vsi/testing/commands";
import { makeQuestion } from "./question.ts";
import { writeDataset } from "./writeDataset.ts";

const support = (name: string): string => fileURLToPath(new URL(`./${name}`, import.meta.url));

/** A study in a folder, with a trainer and a server that only seem to work. */
export interface FakeStudy {
  /** The study's file. */
  file: string;
  out: string;
  /** What is typed behind `vsi-train study`. */
  words: string[];
  env: Record<string, string>;
  start(extra?: readonly string[], env?: Record<string, string>): StartedProcess;
  /** What trainer and server did, a line each. */
  log(): Promise<string[]>;
}

/** Two adapters, one on the other, and a model trained whole; three rooms are asked about. */
export const FAKE_CELLS = `name: fake
defaults:
  train: {preset: tiny, batch: 8, save-every: 2}
  sft: {steps: 6}
  grpo: {steps: 6}
  evaluate: {prompts: training, concurrency: 1}
cells:
  - {id: base, method: base, seeds: [0, 1]}
  - {id: sft, title: + SFT, method: sft, seeds: [0, 1]}
  - {id: grpo, title: + vsGRPO-V, method: grpo, from: sft}
  - {id: whole, method: sft, train: {full: true, steps: 4}, mode: vanilla}
`;

/** A question has an object of its own: what is asked twice shows. */
const OBJECTS = ["chair", "lamp", "table", "bed", "sofa", "door", "sink", "desk"];

/** Questions about so many rooms, two each. */
function questions(dataset: string, rooms: number): Question[] {
  return Array.from({ length: 2 * rooms }, (_, index) => {
    const scene_name = `scene${9000 + Math.floor(index / 2)}_00`;
    const id = `${dataset === "train" ? "a" : "b"}${String(index).padStart(15, "0")}`;
    const question = `How many ${OBJECTS[index]}(s) are in this room?`;
    return makeQuestion({ id, scene_name, question, ground_truth: String(1 + (index % 4)) });
  });
}

export async function makeFakeStudy(folder: string, cells = FAKE_CELLS): Promise<FakeStudy> {
  const data = await writeDataset(join(folder, "data"), { train: questions("train", 4) });
  const benchmark = await writeDataset(join(folder, "benchmark"), { test: questions("test", 3) });
  const model = join(folder, "base");
  await mkdir(model, { recursive: true });
  await writeFile(join(model, "config.json"), '{"model_type":"qwen2_vl"}');
  await writeFile(join(model, "chain.txt"), "base");
  const file = join(folder, "study.yaml");
  await writeFile(file, cells);
  const [out, log] = [join(folder, "out"), join(folder, "log.txt")];
  const serve = `${process.execPath} ${support("fakeModelServer.js")} {model} {port}`;
  const words = [file, "--data", data, "--model", model, "--benchmark", benchmark, "--out", out, "--serve", serve];
  const env = { VSI_TRAINER_PYTHON: support("fakeTrainer.js"), FAKE_TRAINER_LOG: log };
  return {
    file,
    out,
    words,
    env,
    start: (extra = [], more = {}) => startVsiTrain(["study", ...words, ...extra], { ...env, ...more }),
    log: async () => (await readFile(log, "utf8").catch(() => "")).split("\n").filter((line) => line !== ""),
  };
}
