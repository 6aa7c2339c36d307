import { readFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { checkNotRawScans, checkOutsideDatasets } from "@vsi/command/internal";
import { flagKinds } from "@vsi/command/internal/program";
import { defaultsOf } from "@vsi/command/program";
import { checkOptions, type OptionKinds, optionError, orNull, RECORD, WHOLE } from "@vsi/dataset/internal";
import { writeFileAtomically } from "@vsi/dataset/node";
import { EXPORT } from "../commands/flags.ts";
import { lockOutput } from "../process/lockOutput.ts";
import { type PreparedRows, prepareRows, type RowOptions } from "../rows/prepareRows.ts";
import { type DpoRow, type GrpoRow, type SftRow, type TrainingRow, writeJsonl } from "../rows/rows.ts";
import { MAX_PIXELS } from "../settings/presets.ts";
import { CONFIGURATION_FILES, configurationOf, measureRows } from "./configurations.ts";
import { openExportFolder } from "./exportFolder.ts";
import {
  type ExportFormat,
  easyR1Record,
  FORMAT_METHODS,
  llamaFactoryInfo,
  llamaFactoryRecord,
  msSwiftRecord,
} from "./formats.ts";
import { verlParquet, verlRecord } from "./verl.ts";

/** What is exported, and where to. */
export interface ExportOptions extends RowOptions {
  format: ExportFormat;
  out: string;
  /** The limit of a frame's pixels, in the trainer's configuration, and for verl with each image. */
  maxPixels: number;
  /** Name images relative to `out`, for a folder that moves together with the frames. */
  relativePaths: boolean;
  overwrite: boolean;
}

/** What each option must be: what its flag takes. */
const EXPORT_OPTIONS: OptionKinds<ExportOptions> = pickKinds();

function pickKinds(): OptionKinds<ExportOptions> {
  const { quiet: _, json: __, logLevel: ___, config: ____, ...kinds } = flagKinds(EXPORT.flags);
  return { ...kinds, heldOut: WHOLE, rewardWeights: orNull(RECORD) };
}

/** The paper's presets' number of frames. */
const DEFAULT_FRAMES = 16;

/**
 * Checks an export's options and completes them: what is left out, or null where the flag has no default, is as the
 * command has it.
 *
 * @throws OptionsError naming the option, what it got, and what it takes.
 */
export function completeExportOptions(given: Partial<ExportOptions>): ExportOptions {
  checkOptions(given ?? null, EXPORT_OPTIONS, "exportDataset");
  for (const name of ["data", "format", "out"] as const) {
    if (given[name] === undefined) throw optionError("exportDataset", name, undefined, EXPORT_OPTIONS[name].words);
  }
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null));
  const { quiet, json, logLevel, config, ...defaults } = defaultsOf(EXPORT.flags);
  const format = given.format as ExportFormat;
  const method = given.method ?? FORMAT_METHODS[format][0];
  if (!FORMAT_METHODS[format].includes(method)) {
    throw optionError("exportDataset", "method", method, `one of ${format}'s ${FORMAT_METHODS[format].join(", ")}`);
  }
  return {
    ...(defaults as unknown as ExportOptions),
    // The other trainer says how much of it is looked at.
    heldOut: Number.MAX_SAFE_INTEGER,
    rewardWeights: null,
    ...named,
    method,
    frames: given.frames ?? DEFAULT_FRAMES,
    maxPixels: given.maxPixels ?? MAX_PIXELS.patch14,
  };
}

/** What was written. */
export interface ExportReport {
  out: string;
  /** Rows by split; only train where nothing is held out. */
  rows: Record<string, number>;
  /** How many questions of the split to train on the method has no use for, by question type. */
  skipped: Record<string, number>;
  /** Names in `out`, in the order written. */
  files: string[];
}

/** The Python files and the configuration that go with an export. */
const PLUGINS = new URL("../../plugins/", import.meta.url);

/** A plugin is one file that its trainer loads by path: the worker's client, then what the trainer calls. */
const PLUGIN_FILES: Readonly<Partial<Record<ExportFormat, string>>> = {
  verl: "verl_reward.py",
  "ms-swift": "ms_swift_reward.py",
  easyr1: "easyr1_reward.py",
};

/** All names that an export may write. */
const EXPORT_FILES = ["train", "validation"]
  .flatMap((split) => [`${split}.jsonl`, `${split}.parquet`])
  .concat("dataset_info.json", "vsi_reward.py", CONFIGURATION_FILES);

/**
 * Writes a dataset in another trainer's form, with the plugin that calls the reward worker from there.
 *
 * @throws DatasetError as in prepareRows and when `out` can't be written, UsageError as in openExportFolder, for an
 * `out` inside a dataset or among raw scans, and when another command is at work in it.
 *
 * @example
 * ```js
 * import { writeRawScanNet } from "@vsi/synth/node";
 * import { buildDataset } from "vsi-build";
 * import { exportDataset } from "vsi-train";
 *
 * await writeRawScanNet("walked", { rooms: 1, seed: 1, frames: 4 });
 * await buildDataset({ scannet: "walked", out: "walked-100k", frames: { frames: 2 }, workers: 0 });
 * const { files } = await exportDataset({ format: "trl", data: "walked-100k", out: "for-trl" });
 * console.log(files.join(", ")); // train.jsonl
 * ```
 */
export async function exportDataset(given: Partial<ExportOptions>): Promise<ExportReport> {
  const options = completeExportOptions(given);
  const { out } = options;
  await checkOutsideDatasets("--out", out, "folder");
  await checkNotRawScans("--out", out);
  const prepared = await prepareRows(options);
  const lock = lockOutput(out, "vsi-train export");
  try {
    const folder = await openExportFolder(out, EXPORT_FILES, options.overwrite);
    const { rows, files } = await writeExport(folder.staging, prepared, options);
    lock.lost.throwIfAborted();
    await folder.publish(files);
    return { out, rows, skipped: prepared.skipped, files };
  } finally {
    lock.release();
  }
}

/** Writes an export's files into a folder. */
async function writeExport(
  out: string,
  prepared: PreparedRows,
  options: ExportOptions,
): Promise<Pick<ExportReport, "rows" | "files">> {
  const { format } = options;
  const named = (rows: TrainingRow[]): TrainingRow[] => {
    return options.relativePaths ? rows.map(relativeTo(options.out)) : rows;
  };
  const splits: Record<string, TrainingRow[]> = { [options.split]: named(prepared.train) };
  if (prepared.heldOut.length > 0) splits.validation = named(prepared.heldOut);
  const files: string[] = [];
  const write = async (name: string, content: string | Uint8Array): Promise<void> => {
    await writeFileAtomically(join(out, name), content);
    files.push(name);
  };
  for (const [split, rows] of Object.entries(splits)) {
    const name = `${split}.${format === "verl" ? "parquet" : "jsonl"}`;
    if (format === "verl") {
      const records = (rows as GrpoRow[]).map((row, index) => verlRecord(row, { ...options, split, index }));
      await write(name, verlParquet(records));
    } else {
      await writeJsonl(join(out, name), rows.map(RECORDS[format]));
      files.push(name);
    }
  }
  if (format === "llamafactory") {
    const names = Object.fromEntries(Object.keys(splits).map((split) => [split, `${split}.jsonl`]));
    await write(
      "dataset_info.json",
      `${JSON.stringify(llamaFactoryInfo(options.method as "sft" | "dpo", names), null, 2)}\n`,
    );
  }
  const plugin = PLUGIN_FILES[format];
  if (plugin !== undefined && options.method === "grpo") {
    const parts = await Promise.all(
      ["reward_worker.py", plugin].map((part) => readFile(new URL(part, PLUGINS), "utf8")),
    );
    await write("vsi_reward.py", parts.join(""));
  }
  const configuration = configurationOf(
    {
      ...options,
      ...measureRows([...prepared.train, ...prepared.heldOut]),
      hasHeldOut: prepared.heldOut.length > 0,
      hasRelativePaths: options.relativePaths,
    },
    { verl: await readFile(new URL("verl_grpo.sh", PLUGINS), "utf8") },
  );
  if (configuration !== null) await write(configuration.name, configuration.text);
  const rows = Object.fromEntries(Object.entries(splits).map(([split, { length }]) => [split, length]));
  return { rows, files };
}

/** The row with its images named relative to a folder, with slashes on every system. */
function relativeTo(folder: string): (row: TrainingRow) => TrainingRow {
  const from = resolve(folder);
  return (row) => ({ ...row, images: row.images.map((image) => relative(from, image).split(sep).join("/")) });
}

/** A row as a line, for the formats that are JSONL; which rows a format can get is said by FORMAT_METHODS. */
const RECORDS: Readonly<Record<Exclude<ExportFormat, "verl">, (row: TrainingRow) => object>> = {
  trl: (row) => row,
  "ms-swift": msSwiftRecord,
  llamafactory: (row) => llamaFactoryRecord(row as SftRow | DpoRow),
  easyr1: (row) => easyR1Record(row as GrpoRow),
};
