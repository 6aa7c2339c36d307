import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UsageError } from "@vsi/command";
import { checkOutsideDatasets } from "@vsi/command/internal";
import type { Manifest, StatedRoom } from "@vsi/dataset";
import { at, isRecord } from "@vsi/dataset/internal";
import { readRegularFile, readStatedRooms } from "@vsi/dataset/internal/node";
import { readBenchmark } from "../benchmark.ts";
import { findBenchmarkFile } from "../benchmarkFile.ts";
import { type EvalQuestion, isRevsi } from "../evalQuestion.ts";
import type { FrameFile } from "./frames.ts";
import { framesShown, promptText, type RunOptions } from "./runOptions.ts";
import { type RunSettings, runSettings } from "./runSettings.ts";
import { framesToShow } from "./shownFrames.ts";

/** A question and all that is sent with it. */
export interface PlannedQuestion {
  question: EvalQuestion;
  prompt: string;
  frames: FrameFile[];
}

/** Everything a run will ask, in the benchmark's order. */
export interface RunPlan {
  questions: PlannedQuestion[];
  settings: RunSettings;
}

/**
 * Reads the benchmark and finds every frame; nothing is asked or written.
 *
 * @throws EvaluationError as in readBenchmark and findFrames, UsageError for an `out` inside a dataset.
 */
export async function planRun(options: RunOptions): Promise<RunPlan> {
  await checkOutsideDatasets("--out", options.out, "folder");
  const file = await findBenchmarkFile(options.data, options.split, options.subset);
  const all = await readBenchmark(file, { subset: options.subset });
  // The benchmark's own words are ReVSI's where the questions are.
  const prompts = options.prompts === "evaluation" && isRevsi(all) ? "revsi" : options.prompts;
  const questions = options.limit === null ? all : all.slice(0, options.limit);
  const frames = await framesToShow(questions, all, {
    shown: framesShown(options),
    seed: options.framesSeed,
    roots: await frameRoots(options),
    most: options.frames,
    rooms: await statedRooms(options.data),
  });
  const listsFrames = all.every((question) => question.frames.length > 0 || question.num_frames !== undefined);
  return {
    settings: await runSettings({ ...options, prompts }, file, listsFrames),
    questions: questions.map((question, index) => ({
      question,
      prompt: promptText(question, options.mode, prompts),
      frames: at(frames, index),
    })),
  };
}

/**
 * --frames-dir, then the dataset folder's own frames, also where `data` is a split in it.
 *
 * @throws UsageError for a --frames-dir that is no folder: the dataset's own frames would be taken without a word.
 */
export async function frameRoots({ framesFolder, data }: Pick<RunOptions, "framesFolder" | "data">): Promise<string[]> {
  if (framesFolder !== null) {
    const found = await stat(framesFolder).catch(() => null);
    if (!found?.isDirectory()) {
      const got = found === null ? "nothing at this path" : "a file";
      throw new UsageError(`--frames-dir ${framesFolder}: got ${got}, expected the folder of the scenes' frames.`);
    }
  }
  const dataset = await folderAround(data);
  const own = dataset === null ? [] : [join(dataset, "frames")];
  return framesFolder === null ? own : [framesFolder, ...own];
}

/** The folder that `data` is, or is a split of; null for a lone file. */
async function folderAround(data: string): Promise<string | null> {
  if ((await stat(data)).isDirectory()) return data;
  return basename(dirname(data)) === "data" ? dirname(dirname(data)) : null;
}

/** What a dataset's scenes say of their physical rooms; nothing where `data` is no dataset of ours. */
async function statedRooms(data: string): Promise<Map<string, StatedRoom>> {
  const dataset = await folderAround(data);
  if (dataset === null) return new Map();
  const path = join(dataset, "manifest.json");
  const manifest: unknown = await readRegularFile(path, path, "a manifest")
    .then(JSON.parse)
    .catch(() => null);
  return isRecord(manifest) && isRecord(manifest.inputs)
    ? readStatedRooms(dataset, manifest as Pick<Manifest, "inputs">)
    : new Map();
}
