import { join, resolve } from "node:path";
import { countOf } from "@vsi/dataset/internal";
import { formatBytes } from "../environment/disk.ts";
import { findTrainerPython } from "../environment/trainerPython.ts";
import { prepareRows } from "../rows/prepareRows.ts";
import { describeSkipped } from "../rows/rows.ts";
import { launcherCommand, workerCommand, worldSize } from "../settings/launch.ts";
import type { PresetSettings } from "../settings/presets.ts";
import { methodPreset } from "../settings/presets.ts";
import { resolveSettings } from "../settings/resolveSettings.ts";
import { type RunSettings, WORKER_SETTINGS } from "../settings/runSettings.ts";
import { missingRows, planSteps, type StepPlan, type TrainOptions } from "../settings/trainOptions.ts";
import { askWorker, type WorkerDryRun } from "./askWorker.ts";
import { estimateMemory, type MemoryEstimate, type MemoryPlan, type ModelShape, modelShape } from "./memory.ts";

/** What a run would do. */
export interface DryRunReport {
  preset: string;
  /** Where the settings come from, as settingSources says. */
  source: Record<string, string>;
  /** What the Python worker would be told. */
  settings: RunSettings;
  rows: { train: number; held_out: number; by_type: Record<string, number>; skipped: Record<string, number> };
  /** What a step takes of the rows, and how many steps there are. */
  schedule: StepPlan;
  /** The first prompts; `tokens` is null where it is not known. */
  prompts: { id: string; text: string; images: string[]; tokens: number | null }[];
  /** Why counts are unknown, or what of the configuration differs here. */
  notes: string[];
  /** TRL's resolved configuration; null without the trainer's Python. */
  config: Record<string, unknown> | null;
  /** Bytes on each process, estimated; null for a model of unknown shape. */
  memory: MemoryEstimate | null;
  /** The exact command that would run. */
  command: string[];
}

/** Prompts shown: as many as fit on a screen. */
const SHOWN_PROMPTS = 3;

/** Approximate tokens of a question with its opening and the mode's sentence, without frames. */
const TEXT_TOKENS = 100;

/**
 * Reads and checks everything that a run reads, and says what it would do. Nothing is written, and no weights are
 * loaded.
 *
 * @throws DatasetError as in prepareRows, TrainError "dry-run-failed" when TRL refuses the settings.
 */
export async function dryRun(options: TrainOptions): Promise<DryRunReport> {
  const rows = await prepareRows(options);
  const settings = resolveSettings(options, options.out, rows.heldOut.length > 0);
  const first = rows.train.slice(0, SHOWN_PROMPTS);
  const found = await findTrainerPython();
  const missing = missingRows(options, rows.train.length);
  const notes: string[] = missing === null ? [] : [`The run itself is refused: ${missing}`];
  let worker: WorkerDryRun | null = null;
  if ("missing" in found) {
    notes.push(`Token counts and TRL's configuration are unknown. ${found.missing}`);
  } else {
    worker = await askWorker(settings, first, { python: found.python, processes: worldSize(options.launch) });
    if (worker.reason !== null) notes.push(worker.reason);
    if (options.deepspeed !== null) notes.push("DeepSpeed's configuration is named below but was not loaded.");
  }
  const python = "python" in found ? found.python : "python3";
  const { processes } = options.launch;
  const launch = { python, processes, launcher: launcherCommand(options.launch, python) };
  return {
    preset: options.preset,
    source: settingSources(options),
    settings,
    rows: { train: rows.train.length, held_out: rows.heldOut.length, by_type: rows.counts, skipped: rows.skipped },
    schedule: planSteps(options, rows.train.length),
    prompts: first.map((row, index) => ({
      id: row.id,
      text: row.prompt[0].content,
      images: row.images,
      tokens: worker?.token_counts?.[index] ?? null,
    })),
    notes,
    config: worker?.config ?? null,
    memory: await estimateFor(options, settings, worker?.token_counts ?? null),
    command: workerCommand(launch, join(resolve(options.out), WORKER_SETTINGS)),
  };
}

async function estimateFor(
  options: TrainOptions,
  settings: RunSettings,
  counts: readonly number[] | null,
): Promise<MemoryEstimate | null> {
  const shape = await modelShape(settings.model);
  if (shape === null) return null;
  const { promptTokens, completionTokens } = expectedTokens(options, shape);
  return estimateMemory(
    memoryPlan(options, shape, {
      promptTokens: counts === null ? promptTokens : Math.max(...counts),
      completionTokens,
    }),
  );
}

/** Tokens of a prompt with all its frames, and of a completion. */
interface TokenCounts {
  promptTokens: number;
  completionTokens: number;
}

/** The most that a prompt and a completion are expected to have. */
export function expectedTokens(options: TrainOptions, shape: ModelShape): TokenCounts {
  const isGrpo = options.method === "grpo";
  return {
    promptTokens: options.frames * Math.ceil(options.maxPixels / shape.pixelsPerToken) + TEXT_TOKENS,
    completionTokens: isGrpo ? Number(options.trainer.max_completion_length) : TEXT_TOKENS,
  };
}

/** What a run's memory depends on. */
export function memoryPlan(options: TrainOptions, shape: ModelShape, tokens: TokenCounts): MemoryPlan {
  const { trainer, batch, accumulation, method } = options;
  const frameTokens = Math.ceil(options.maxPixels / shape.pixelsPerToken);
  return {
    shape,
    // An existing adapter is assumed to be as large as the preset's.
    rank: options.lora?.r ?? (options.adapter === null ? null : methodPreset(options.preset, method).settings.lora.r),
    halfPrecision: trainer.bf16 === true,
    checkpointing: trainer.gradient_checkpointing === true,
    hasReference: method !== "sft" && trainer.beta !== 0,
    // A row of DPO is two answers, each behind its prompt.
    batch: method === "dpo" ? 2 * batch : batch,
    generated: method === "grpo" ? batch * accumulation : 0,
    ...tokens,
    imageTokens: Math.min(tokens.promptTokens, options.frames * frameTokens),
    // TRL 1.13: GRPO asks for the completion's logits alone, SFT computes its loss in pieces.
    promptLogits: method === "dpo",
    zeroStage: zeroStage(options.deepspeed),
    processes: worldSize(options.launch),
  };
}

/** The stage of the shipped configurations; a user's own file is assumed to shard nothing. */
function zeroStage(deepspeed: string | null): number {
  return Number(/zero([23])\.json$/.exec(deepspeed ?? "")?.[1] ?? 0);
}

/** The preset's settings that TRL knows by another name. */
const TRL_NAMES = {
  learningRate: "learning_rate",
  epochs: "num_train_epochs",
  batch: "per_device_train_batch_size",
  accumulation: "gradient_accumulation_steps",
} as const;

/** The source of a setting that is not the preset's. */
const GIVEN = "given";

/**
 * Where the settings come from, by TRL's names, and "frames", "max_pixels" and "lora": the preset's source, or "given"
 * where the command line or its configuration file overrides the preset.
 */
export function settingSources(options: TrainOptions): Record<string, string> {
  const { settings, source } = methodPreset(options.preset, options.method);
  const own = (name: Exclude<keyof PresetSettings, "trainer">): string => {
    return JSON.stringify(options[name]) === JSON.stringify(settings[name]) ? source[name] : GIVEN;
  };
  const trainer = Object.entries(options.trainer).map(([name, value]) => {
    const isPreset = settings.trainer[name] === value && !Object.hasOwn(options.given, name);
    return [name, isPreset ? (source.trainer[name] ?? GIVEN) : GIVEN] as const;
  });
  const renamed = Object.entries(TRL_NAMES).map(([name, trl]) => [trl, own(name as keyof typeof TRL_NAMES)] as const);
  return {
    ...Object.fromEntries([...trainer, ...renamed]),
    frames: own("frames"),
    max_pixels: own("maxPixels"),
    lora: own("lora"),
  };
}

/** A dry run's report for a terminal. */
export function describeDryRun(report: DryRunReport): string {
  const { settings, rows, memory } = report;
  const types = Object.entries(rows.by_type).map(([type, count]) => `${type} ${count}`);
  return [
    `${settings.method} of ${settings.model} with the preset ${report.preset}; nothing was started.`,
    "",
    `Rows: ${rows.train} to train on (${types.join(", ")}), ${rows.held_out} held out.`,
    ...[describeSkipped(rows.skipped, settings.method)].filter((line) => line !== null),
    describeSteps(report),
    "",
    "Settings of TRL, and where they come from:",
    ...Object.entries(settings.trainer).map(([name, value]) => {
      return `  ${name} = ${JSON.stringify(value)}${sourceOf(report, name)}`;
    }),
    `  adapter: ${settings.lora === null ? (settings.adapter ?? "none, every weight is trained") : JSON.stringify(settings.lora)}${sourceOf(report, "lora")}`,
    `  pixels: at most ${settings.pixels.max}${sourceOf(report, "max_pixels")}`,
    "",
    ...report.prompts.flatMap(({ id, text, images, tokens }) => [
      `Prompt ${id}: ${countOf(images.length, "frame")}, ${tokens === null ? "tokens unknown" : countOf(tokens, "token")}`,
      ...text.split("\n").map((line) => `  ${line}`),
    ]),
    "",
    ...report.notes.map((note) => `Note: ${note}`),
    memory === null
      ? "Memory: not estimated, because the model's shape is unknown here."
      : `Memory per process, a rough estimate: ${formatBytes(memory.total)} (weights ${formatBytes(memory.weights)}, optimizer ${formatBytes(memory.optimizer)}, activations ${formatBytes(memory.activations)}, logits ${formatBytes(memory.logits)}, images ${formatBytes(memory.images)}; keys and values while generating ${formatBytes(memory.keyValues)}).`,
    "",
    "The command that would run:",
    `  ${report.command.map(quoted).join(" ")}`,
  ].join("\n");
}

/** "A step: batch 14 x accumulation 1 x 8 processes = 112 completions, 14 for each of 8 questions; 12,500 steps." */
function describeSteps({ settings, schedule }: DryRunReport): string {
  const { perStep, questions, rollouts, steps } = schedule;
  const { per_device_train_batch_size: batch, gradient_accumulation_steps: accumulation } = settings.trainer;
  const processes = perStep / (Number(batch) * Number(accumulation));
  const what =
    questions === null
      ? countOf(perStep, "row")
      : `${countOf(perStep, "completion")}, ${rollouts} for each of ${countOf(questions, "question")}`;
  return `A step: batch ${batch} x accumulation ${accumulation} x ${countOf(processes, "process", "processes")} = ${what}; ${countOf(steps, "step")}.`;
}

/** Empty where neither the preset nor a flag decides alone, such as the steps between checkpoints. */
function sourceOf({ source }: DryRunReport, name: string): string {
  return source[name] === undefined ? "" : ` (${source[name]})`;
}

/** Quoted for a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
