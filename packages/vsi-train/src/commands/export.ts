import { checkFlagValues, commonFlags, UsageError } from "@vsi/command";
import { printable } from "@vsi/dataset/internal";
import type { Argv } from "yargs";
import { type ExportOptions, exportDataset } from "../export/exportDataset.ts";
import { EXPORT_FORMATS, FORMAT_METHODS } from "../export/formats.ts";
import { describeSkipped } from "../rows/rows.ts";
import { MAX_PIXELS } from "../settings/presets.ts";
import { METHODS } from "../settings/runSettings.ts";
import { DEFAULT_TRAIN_OPTIONS } from "../settings/trainOptions.ts";
import { dataFlags } from "./dataFlags.ts";

/** Exports and says what was written. @returns the exit code */
export async function runExport(flags: ExportFlags): Promise<number> {
  const options = toExportOptions(flags);
  const report = await exportDataset(options);
  const rows = Object.entries(report.rows).map(([split, count]) => `${split} ${count}`);
  const written = `${rows.join(", ")} rows written to ${report.out}: ${report.files.join(", ")}`;
  const text = [written, describeSkipped(report.skipped, options.method)].filter((line) => line !== null).join("\n");
  if (flags.json) process.stdout.write(printable(`${JSON.stringify(report, null, 2)}\n`));
  else if (!flags.quiet) process.stdout.write(printable(`${text}\n`));
  return 0;
}

/** The paper's presets' number of frames. */
const DEFAULT_FRAMES = 16;

/** The flags of an export. */
export function exportFlags(commandLine: Argv) {
  return dataFlags(commonFlags(commandLine))
    .option("format", {
      choices: EXPORT_FORMATS,
      demandOption: true,
      requiresArg: true,
      describe: "The trainer that is to read it",
    })
    .option("method", {
      choices: METHODS,
      defaultDescription: "grpo; sft for llamafactory",
      describe: "What the rows are for",
    })
    .option("out", { type: "string", demandOption: true, requiresArg: true, describe: "Folder to write" })
    .option("reward", {
      choices: ["paper", "mra"] as const,
      default: DEFAULT_TRAIN_OPTIONS.reward as "paper" | "mra",
      describe: "How numbers are paid",
    })
    .example(
      "$0 export --format verl --data ./vsi-100k --out ./verl",
      "Parquet, reward function and configuration for a Ray cluster",
    );
}

type ExportFlags = Awaited<ReturnType<typeof exportFlags>["argv"]>;

/**
 * From the flags as yargs read them.
 *
 * @throws UsageError naming the flag, what it got and what to give.
 */
function toExportOptions(flags: ExportFlags): ExportOptions {
  checkFlagValues(flags, ["types"]);
  const { format, mode } = flags;
  const method = flags.method ?? FORMAT_METHODS[format][0];
  if (!FORMAT_METHODS[format].includes(method)) {
    throw new UsageError(`--method: ${format} has no ${method}, only ${FORMAT_METHODS[format].join(" and ")}.`);
  }
  if (method === "dpo" && mode !== "vanilla") {
    throw new UsageError(`--mode: got ${mode}, expected vanilla: DPO's pairs are short answers.`);
  }
  return {
    format,
    method,
    out: flags.out,
    data: flags.data,
    mode,
    reward: flags.reward,
    split: flags.split,
    types: flags.types ?? null,
    limit: flags.limit ?? null,
    // The other trainer says how much of it is looked at.
    heldOut: Number.MAX_SAFE_INTEGER,
    frames: flags.frames ?? DEFAULT_FRAMES,
    maxPixels: flags["max-pixels"] ?? MAX_PIXELS.patch14,
    seed: flags.seed,
    overwrite: flags.overwrite,
  };
}
