import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "@vsi/command";
import type { Values } from "@vsi/command/program";
import { printable } from "@vsi/dataset/internal";
import { askWorkerDoctor } from "../doctor/machine.ts";
import { expectedTokens, memoryPlan } from "../dryRun/dryRun.ts";
import { estimateMemory, type ModelShape, modelShape, TINY_SHAPE } from "../dryRun/memory.ts";
import { formatBytes } from "../environment/disk.ts";
import { findTrainerPython, pythonEnvironment } from "../environment/trainerPython.ts";
import { TrainError } from "../errors.ts";
import { captureOutput, lastWords } from "../process/programOutput.ts";
import { parseGiven } from "../settings/givenSettings.ts";
import { methodPreset, PRESETS } from "../settings/presets.ts";
import { resolveSettings } from "../settings/resolveSettings.ts";
import { METHODS, type Method, type RunSettings, WORKER_SETTINGS } from "../settings/runSettings.ts";
import { checkBatch, type StepShape, stepShape, type TrainOptions } from "../settings/trainOptions.ts";
import type { MEASURE } from "./flags.ts";

/** What the worker found (vsi_trainer/measure.py). */
interface Measured {
  /** A GPU's name, or "cpu". */
  device: string;
  half_precision: boolean;
  parameters: number;
  /** Whether the vision tower ran without gradients. */
  frozen_tower: boolean;
  steps: number;
  /** Means of all steps but the first; the parts add up to `step`. */
  seconds: Record<"step" | "preparation" | "generation" | "forward_backward" | "optimizer" | "rewards", number>;
  prompt_tokens: number;
  /** Mean of the last step; null where nothing is generated. */
  completion_tokens: number | null;
  /** Beyond `baseline_bytes`; on a GPU, what tensors hold of its memory. */
  peak_bytes: number;
  /** Main memory of Python with its libraries, before there is a model. */
  baseline_bytes: number;
}

/** What `measure --json` prints. */
interface MeasureReport extends Measured {
  preset: string;
  method: Method;
  /** What a step is made of: a training with another one takes another time. */
  shape: StepShape;
  /** Bytes by the formula of --dry-run, with the tokens that were measured. */
  estimated_bytes: number;
  /** Of the whole run. */
  projected: { questions: number; processes: number; steps: number; hours: number };
}

/** A 7B model on a slow CPU that has the memory for it; Ctrl-C ends it earlier. */
const LONGEST_SECONDS = 24 * 3600;

/**
 * Measures a preset.
 *
 * @returns the exit code.
 * @throws UsageError without a trainer, where the estimate does not fit, and for a setting that TRL does not have; TrainError
 * "measure-failed" with the worker's words.
 */
export async function run(flags: Values<typeof MEASURE>): Promise<number> {
  const options = measuredOptions(flags);
  const shape = await shapeOf(flags.preset);
  const frame_size = frameSizeOf(flags.frameSize);
  const found = await findTrainerPython();
  if ("missing" in found) throw new UsageError(found.missing);
  const { devices } = await askWorkerDoctor(found.python);
  const gpu = devices.find(({ kind }) => kind !== "cpu");
  checkFits(onDevice(options, gpu !== undefined), shape, gpu?.memory ?? freemem(), gpu?.name ?? null);
  if (!flags.quiet && !flags.json) {
    process.stderr.write(
      `${flags.steps} steps of ${options.method} on ${gpu?.name ?? "the CPU"}, with random weights ...\n`,
    );
  }
  const rollouts = options.method === "grpo" ? Number(options.trainer.num_generations) : 1;
  const perStep = options.batch * options.accumulation;
  const measured = await askWorker(found.python, {
    ...resolveSettings(options, "", false),
    model: PRESETS[flags.preset].model ?? "tiny",
    measure: {
      steps: flags.steps,
      questions: Math.ceil((flags.steps * perStep) / rollouts),
      frames: options.frames,
      frame_size,
    },
  });
  const iterations = options.method === "grpo" ? Number(options.trainer.num_iterations ?? 1) : 1;
  const steps = Math.ceil((flags.questions * rollouts * iterations) / (perStep * flags.processes));
  const tokens = {
    promptTokens: measured.prompt_tokens,
    completionTokens: measured.completion_tokens ?? expectedTokens(options, shape).completionTokens,
  };
  const report: MeasureReport = {
    preset: flags.preset,
    method: options.method,
    shape: stepShape(options),
    ...measured,
    estimated_bytes: estimateMemory(memoryPlan(onDevice(options, measured.half_precision), shape, tokens)).total,
    projected: {
      questions: flags.questions,
      processes: flags.processes,
      steps,
      hours: (steps * measured.seconds.step) / 3600,
    },
  };
  if (flags.json) process.stdout.write(printable(`${JSON.stringify(report)}\n`));
  else if (!flags.quiet) process.stdout.write(printable(`${describeMeasured(report)}\n`));
  return 0;
}

function measuredOptions(flags: Values<typeof MEASURE>): TrainOptions {
  const { preset } = flags;
  const methods = METHODS.filter((name) => PRESETS[preset].methods[name] !== undefined);
  const method = flags.method ?? methods[0];
  if (method === undefined || !methods.includes(method)) {
    throw new UsageError(`--method: the preset ${preset} is for ${methods.join(", ")}, got ${method}.`);
  }
  const { settings } = methodPreset(preset, method);
  const given = parseGiven(flags.set, new Set(Object.keys(flags)));
  const options: TrainOptions = {
    ...settings,
    ...(flags.batch === null ? {} : { batch: flags.batch }),
    ...(flags.accumulation === null ? {} : { accumulation: flags.accumulation }),
    ...(flags.frames === null ? {} : { frames: flags.frames }),
    ...(flags.maxPixels === null ? {} : { maxPixels: flags.maxPixels }),
    ...(flags.full ? { lora: null } : {}),
    trainer: { ...settings.trainer, ...given },
    method,
    preset,
    model: PRESETS[preset].model ?? "tiny",
    revision: null,
    data: "",
    framesDir: null,
    out: "",
    mode: "vanilla",
    reward: "paper",
    rewardWeights: null,
    rewardPlugin: null,
    given,
    split: "train",
    types: null,
    limit: null,
    heldOut: 0,
    adapter: null,
    steps: flags.steps,
    saveEvery: flags.steps,
    seed: 0,
    deepspeed: null,
    launch: { processes: 1, hosts: 1, host: 0, rendezvous: null },
    resume: null,
    overwrite: false,
  };
  const { batch, accumulation } = options;
  if (method === "grpo") {
    checkBatch({ batch, accumulation, processes: 1, rollouts: Number(options.trainer.num_generations) });
  }
  return options;
}

async function shapeOf(preset: Values<typeof MEASURE>["preset"]): Promise<ModelShape> {
  const { model } = PRESETS[preset];
  const shape = model === null ? TINY_SHAPE : await modelShape(model);
  if (shape === null) throw new UsageError(`--preset: the shape of ${model} is not known.`);
  return shape;
}

/** Beyond any camera of a scan, and random pixels of it still fit in memory. */
const LARGEST_SIDE = 8192;

function frameSizeOf(text: string): [number, number] {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(text) ?? [];
  const isFit = (side: string | undefined): boolean => Number(side) > 0 && Number(side) <= LARGEST_SIDE;
  if (isFit(width) && isFit(height)) return [Number(width), Number(height)];
  throw new UsageError(
    `--frame-size: got ${text}, expected a width and a height from 1 to ${LARGEST_SIDE} pixels, such as 640x480.`,
  );
}

/** Without a GPU, the worker trains in float32. */
function onDevice(options: TrainOptions, hasHalf: boolean): TrainOptions {
  return hasHalf ? options : { ...options, trainer: { ...options.trainer, bf16: false } };
}

/** @throws UsageError before a machine starts to swap. */
function checkFits(options: TrainOptions, shape: ModelShape, bytes: number, gpu: string | null): void {
  const { total } = estimateMemory(memoryPlan(options, shape, expectedTokens(options, shape)));
  if (total <= bytes) return;
  throw new UsageError(
    `--preset ${options.preset}: needs about ${formatBytes(total)}${gpu === null ? " in float32 on the CPU" : ""}, and ${gpu ?? "this machine"} has ${formatBytes(bytes)}${gpu === null ? " free" : ""}. Nothing was started. Measure it on a larger machine, or with a smaller --batch, --frames or --max-pixels; --preset tiny runs anywhere.`,
  );
}

async function askWorker(python: string, settings: RunSettings): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), "vsi-train-measure-"));
  try {
    const workerJson = join(folder, WORKER_SETTINGS);
    await writeFile(workerJson, JSON.stringify({ ...settings, run: folder }));
    const env = { ...pythonEnvironment(), HF_HUB_OFFLINE: "1" };
    const output = await captureOutput([python, "-m", "vsi_trainer", workerJson], { env }, LONGEST_SECONDS);
    const events = output.stdout.split("\n").filter((line) => line.startsWith('{"event"'));
    for (const { event, ...content } of events.map((line) => JSON.parse(line))) {
      if (event === "measured") return content as Measured;
      if (event === "error" && String(content.message).startsWith("--set")) throw new UsageError(content.message);
      if (event === "error") throw measureError(python, content.message);
    }
    throw measureError(python, lastWords(output));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function measureError(python: string, got: string): TrainError {
  return new TrainError("measure-failed", {
    file: python,
    place: "-m vsi_trainer",
    got,
    expected: "the seconds and the memory of some steps",
    advice: "Out of memory? Lower --batch, --frames or --max-pixels. vsi-train doctor says what is installed.",
  });
}

/** The words for each part, in the order they are shown. */
const PARTS: readonly [Exclude<keyof Measured["seconds"], "step">, string][] = [
  ["preparation", "images and preparation"],
  ["generation", "generation"],
  ["forward_backward", "forward and backward"],
  ["rewards", "rewards"],
  ["optimizer", "optimiser"],
];

/** The report for a terminal. */
export function describeMeasured(report: MeasureReport): string {
  const { seconds, projected, device } = report;
  const parts = PARTS.map(([name, words]) => {
    return `  ${words.padEnd(24)}${seconds[name].toFixed(2).padStart(9)} s${((100 * seconds[name]) / seconds.step).toFixed(0).padStart(5)} %`;
  });
  const completion = report.completion_tokens === null ? "" : `, completions of ${report.completion_tokens.toFixed(0)}`;
  return [
    `${report.preset}, ${report.method}, ${(report.parameters / 1e6).toLocaleString("en-US", { maximumSignificantDigits: 4 })} million random weights on ${device}${report.half_precision ? "" : " in float32"}; prompts of ${report.prompt_tokens} tokens${completion}.`,
    "",
    `A step takes ${seconds.step.toFixed(2)} s (mean of ${report.steps - 1}):`,
    ...parts,
    `Memory: ${formatBytes(report.peak_bytes)} at the peak, ${formatBytes(report.estimated_bytes)} by --dry-run's estimate. Both leave out Python with its libraries, ${formatBytes(report.baseline_bytes)} of main memory${report.device === "cpu" ? "" : ", and the GPU driver's own"}.`,
    "",
    `${projected.questions.toLocaleString("en-US")} questions on ${projected.processes} such ${projected.processes === 1 ? "device" : "devices"}: ${projected.steps.toLocaleString("en-US")} steps, about ${projected.hours.toLocaleString("en-US", { maximumSignificantDigits: 2 })} hours. Random weights rarely end a completion early, so a real run generates less; what processes wait for each other is not in it.`,
  ].join("\n");
}
