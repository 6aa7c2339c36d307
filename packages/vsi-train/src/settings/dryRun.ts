import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { captureOutput } from "../environment/commands.ts";
import { findTrainerPython } from "../environment/python.ts";
import { formatBytes } from "../environment/setup.ts";
import { pythonEnvironment } from "../environment/workerPackage.ts";
import { TrainError } from "../errors.ts";
import type { TrainingRow } from "../rows/rows.ts";
import { WORKER_SETTINGS, workerCommand } from "../run/worker.ts";
import { launcherCommand, worldSize } from "./launch.ts";
import { estimateMemory, type MemoryEstimate, modelShape } from "./memory.ts";
import type { PresetSettings } from "./paperPresets.ts";
import { prepareRows } from "./prepareRun.ts";
import { PRESETS } from "./presets.ts";
import type { RunSettings } from "./runSettings.ts";
import { resolveSettings, type TrainOptions } from "./settings.ts";

/** A dry run's report for a terminal. */
export function describeDryRun(report: DryRunReport): string {
  const { settings, rows, memory } = report;
  const types = Object.entries(rows.by_type).map(([type, count]) => `${type} ${count}`);
  return [
    `${settings.method} of ${settings.model} with the preset ${report.preset}; nothing was started.`,
    "",
    `Rows: ${rows.train} to train on (${types.join(", ")}), ${rows.held_out} held out.`,
    "",
    "Settings of TRL, and where they come from:",
    ...Object.entries(settings.trainer).map(([name, value]) => {
      return `  ${name} = ${JSON.stringify(value)}${sourceOf(report, name)}`;
    }),
    `  adapter: ${settings.lora === null ? (settings.adapter ?? "none, every weight is trained") : JSON.stringify(settings.lora)}${sourceOf(report, "lora")}`,
    `  pixels: at most ${settings.pixels.max}${sourceOf(report, "max_pixels")}`,
    "",
    ...report.prompts.flatMap(({ id, text, images, tokens }) => [
      `Prompt ${id}: ${images.length} frames, ${tokens === null ? "tokens unknown" : `${tokens} tokens`}`,
      ...text.split("\n").map((line) => `  ${line}`),
    ]),
    "",
    ...report.notes.map((note) => `Note: ${note}`),
    memory === null
      ? "Memory: not estimated, because the model's shape is not known here."
      : `Memory of each process, a rough estimate: ${formatBytes(memory.total)} (weights ${formatBytes(memory.weights)}, optimizer ${formatBytes(memory.optimizer)}, activations ${formatBytes(memory.activations)}, logits ${formatBytes(memory.logits)}; keys and values while generating ${formatBytes(memory.keyValues)}).`,
    "",
    "The command that would run:",
    `  ${report.command.map(quoted).join(" ")}`,
  ].join("\n");
}

/** Nothing for what neither the preset nor a flag decides alone, such as the steps between checkpoints. */
function sourceOf({ source }: DryRunReport, name: string): string {
  return source[name] === undefined ? "" : ` (${source[name]})`;
}

/** As a POSIX shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** As many prompts as fit on a screen. */
const SHOWN_PROMPTS = 3;

/** A question with its opening and mode's sentence comes to about so many tokens, the frames aside. */
const TEXT_TOKENS = 100;

/** What a run would do. */
export interface DryRunReport {
  preset: string;
  /** Where the settings come from, as settingSources says. */
  source: Record<string, string>;
  /** What the Python worker would be told. */
  settings: RunSettings;
  rows: { train: number; held_out: number; by_type: Record<string, number> };
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

/**
 * Reads and checks everything that a run reads, and says what it would do. Nothing is written, and no weights are loaded.
 *
 * @throws DatasetError as in prepareRows, TrainError "dry-run-failed" when TRL refuses the settings.
 */
export async function dryRun(options: TrainOptions): Promise<DryRunReport> {
  const rows = await prepareRows(options);
  const settings = resolveSettings(options, options.out, rows.heldOut.length > 0);
  const first = rows.train.slice(0, SHOWN_PROMPTS);
  const found = await findTrainerPython();
  const notes: string[] = [];
  let worker: WorkerDryRun | null = null;
  if ("missing" in found) {
    notes.push(`Token counts and TRL's configuration are unknown. ${found.missing}`);
  } else {
    worker = await askWorker(settings, first, { python: found.python, processes: worldSize(options.launch) });
    if (worker.reason !== null) notes.push(worker.reason);
    if (options.deepspeed !== null) notes.push("DeepSpeed's configuration is named below and was not built here.");
  }
  const python = "python" in found ? found.python : "python3";
  const { processes } = options.launch;
  const launch = { python, processes, launcher: launcherCommand(options.launch, python) };
  return {
    preset: options.preset,
    source: settingSources(options),
    settings,
    rows: { train: rows.train.length, held_out: rows.heldOut.length, by_type: rows.counts },
    prompts: first.map((row, index) => ({
      id: row.id,
      text: row.prompt[0]!.content,
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
  const { trainer, batch, accumulation } = options;
  const isGrpo = options.method === "grpo";
  const frameTokens = Math.ceil(options.maxPixels / shape.pixelsPerToken);
  return estimateMemory({
    shape,
    // An adapter that is gone on with is taken to be as large as the preset's.
    rank:
      options.lora?.r ??
      (options.adapter === null ? null : PRESETS[options.preset].methods[options.method]!.settings.lora.r),
    halfPrecision: trainer.bf16 === true,
    checkpointing: trainer.gradient_checkpointing === true,
    hasReference: options.method !== "sft" && trainer.beta !== 0,
    // A row of DPO is two answers, each behind its prompt.
    batch: options.method === "dpo" ? 2 * batch : batch,
    generated: isGrpo && options.vllm === null ? batch * accumulation : 0,
    promptTokens: counts === null ? options.frames * frameTokens + TEXT_TOKENS : Math.max(...counts),
    completionTokens: isGrpo ? Number(trainer.max_completion_length) : TEXT_TOKENS,
    zeroStage: zeroStage(options.deepspeed),
    processes: worldSize(options.launch),
  });
}

/** The stage of the configurations that come with the package; a file of the user's own is taken to share nothing. */
function zeroStage(deepspeed: string | null): number {
  return Number(/zero([23])\.json$/.exec(deepspeed ?? "")?.[1] ?? 0);
}

/** What the Python worker says of a run that it does not start. */
interface WorkerDryRun {
  /** TRL's resolved configuration. */
  config: Record<string, unknown>;
  /** Tokens of each prompt, or null when the processor is not at hand. */
  token_counts: number[] | null;
  reason: string | null;
}

/**
 * Builds TRL's real configuration in the trainer's Python and counts the prompts' tokens; no weights are loaded.
 *
 * TRL takes this one process for the whole run, so the other processes' share of the batch is given as accumulation:
 * the effective batch is the run's. DeepSpeed is left out: its configuration needs the package and a GPU.
 *
 * @param rows those whose tokens are counted.
 * @throws TrainError "dry-run-failed" with what the worker said.
 */
export async function askWorker(
  settings: RunSettings,
  rows: readonly TrainingRow[],
  trainer: { python: string; processes: number },
): Promise<WorkerDryRun> {
  const folder = await mkdtemp(join(tmpdir(), "vsi-train-dry-run-"));
  try {
    const lines = `${rows.map((row) => JSON.stringify(row)).join("\n")}\n`;
    const rowsFile = join(folder, "rows.jsonl");
    await writeFile(rowsFile, lines);
    await mkdir(join(folder, "checkpoints"));
    const held_out_rows = settings.held_out_rows === null ? null : rowsFile;
    const told: RunSettings = {
      ...settings,
      run: folder,
      rows: rowsFile,
      held_out_rows,
      trainer: forOneProcess(settings.trainer, trainer.processes),
      resume: null,
      dry_run: true,
    };
    await writeFile(join(folder, "worker.json"), JSON.stringify(told));
    return await readAnswer(trainer.python, join(folder, "worker.json"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function forOneProcess(trainer: RunSettings["trainer"], processes: number): RunSettings["trainer"] {
  const { deepspeed: _deepspeed, ...rest } = trainer;
  const multiplied = ["gradient_accumulation_steps", "per_device_eval_batch_size"].filter((name) => name in rest);
  return { ...rest, ...Object.fromEntries(multiplied.map((name) => [name, Number(rest[name]) * processes])) };
}

async function readAnswer(python: string, workerJson: string): Promise<WorkerDryRun> {
  const environment = { ...pythonEnvironment(), HF_HUB_OFFLINE: "1" };
  const output = await captureOutput([python, "-m", "vsi_trainer", workerJson], { env: environment });
  for (const line of output.stdout.split("\n")) {
    if (!line.startsWith('{"event": "dry_run"')) continue;
    const { config, token_counts, reason } = JSON.parse(line) as WorkerDryRun;
    return { config, token_counts, reason };
  }
  const said = (output.stdout + output.stderr).trim().split("\n").at(-1);
  throw new TrainError("dry-run-failed", {
    file: python,
    place: "-m vsi_trainer",
    got: output.failure ?? (said || `exit code ${output.exitCode}`),
    expected: "TRL's configuration",
    advice: "A setting may not fit TRL's version; vsi-train doctor says what is installed.",
  });
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
 * where the command line or its configuration file says something else than the preset.
 */
export function settingSources(options: TrainOptions): Record<string, string> {
  const { settings, source } = PRESETS[options.preset].methods[options.method]!;
  const own = (name: Exclude<keyof PresetSettings, "trainer">): string => {
    return JSON.stringify(options[name]) === JSON.stringify(settings[name]) ? source[name] : GIVEN;
  };
  const trainer = Object.entries(options.trainer).map(([name, value]) => {
    return [name, settings.trainer[name] === value ? (source.trainer[name] ?? GIVEN) : GIVEN] as const;
  });
  const renamed = Object.entries(TRL_NAMES).map(([name, trl]) => [trl, own(name as keyof typeof TRL_NAMES)] as const);
  return {
    ...Object.fromEntries([...trainer, ...renamed]),
    frames: own("frames"),
    max_pixels: own("maxPixels"),
    lora: own("lora"),
  };
}
