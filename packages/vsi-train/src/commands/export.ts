import { UsageError, type Values } from "@vsi/command/program";
import { printable } from "@vsi/dataset/internal";
import { type ExportOptions, exportDataset } from "../export/exportDataset.ts";
import { FORMAT_METHODS } from "../export/formats.ts";
import { describeSkipped } from "../rows/rows.ts";
import { MAX_PIXELS } from "../settings/presets.ts";
import type { EXPORT } from "./flags.ts";

/** Exports and says what was written. @returns the exit code */
export async function run(flags: Values<typeof EXPORT>): Promise<number> {
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

/**
 * What was typed, completed.
 *
 * @throws UsageError naming the flag, what it got and what to give.
 */
function toExportOptions(flags: Values<typeof EXPORT>): ExportOptions {
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
    rewardWeights: null,
    split: flags.split,
    types: flags.types,
    limit: flags.limit,
    // The other trainer says how much of it is looked at.
    heldOut: Number.MAX_SAFE_INTEGER,
    frames: flags.frames ?? DEFAULT_FRAMES,
    maxPixels: flags.maxPixels ?? MAX_PIXELS.patch14,
    seed: flags.seed,
    overwrite: flags.overwrite,
  };
}
