import { UsageError, type Values } from "@vsi/command/program";
import { countOf, printable } from "@vsi/dataset/internal";
import { type ExportOptions, exportDataset } from "../export/exportDataset.ts";
import { FORMAT_METHODS } from "../export/formats.ts";
import { describeSkipped } from "../rows/rows.ts";
import { EXPORT } from "./flags.ts";
import { framesDirOf } from "./trainOptions.ts";

/** Exports and says what was written. @returns the exit code */
export async function run(flags: Values<typeof EXPORT>): Promise<number> {
  const options = toExportOptions(flags);
  const report = await exportDataset(options);
  const rows = Object.entries(report.rows).map(([split, count]) => `${countOf(count, "row")} of ${split}`);
  const written = `${rows.join(", ")} written to ${report.out}: ${report.files.join(", ")}`;
  const text = [written, describeSkipped(report.skipped, options.method)].filter((line) => line !== null).join("\n");
  if (flags.json) process.stdout.write(printable(`${JSON.stringify(report, null, 2)}\n`));
  else if (!flags.quiet) process.stdout.write(printable(`${text}\n`));
  return 0;
}

/**
 * What was typed, completed.
 *
 * @throws UsageError naming the flag, what it got and what to give.
 */
function toExportOptions(flags: Values<typeof EXPORT>): Partial<ExportOptions> & Pick<ExportOptions, "method"> {
  const { format, mode } = flags;
  const method = flags.method ?? FORMAT_METHODS[format][0];
  if (!FORMAT_METHODS[format].includes(method)) {
    throw new UsageError(`--method: ${format} has no ${method}, only ${FORMAT_METHODS[format].join(" and ")}.`);
  }
  if (method === "dpo" && mode !== "vanilla") {
    throw new UsageError(`--mode: got ${mode}, expected vanilla: DPO's pairs are short answers.`);
  }
  if (flags.maxPixels !== null && format === "trl") {
    throw new UsageError(
      "--max-pixels: TRL's rows bring no configuration. Leave it out, and give your processor max_pixels.",
    );
  }
  if (flags.relativePaths && format === "verl") {
    throw new UsageError(
      "--relative-paths: verl opens images as they are named, on every host and from any folder. Leave it out, and keep the dataset under the same path everywhere.",
    );
  }
  if (flags.reward !== EXPORT.flags.reward.default && method !== "grpo") {
    throw new UsageError(`--reward: ${method} has no reward, only grpo has. Leave it out.`);
  }
  const { quiet, json, logLevel, config, frames, maxPixels, ...options } = flags;
  return {
    ...options,
    framesDir: framesDirOf(flags),
    method,
    ...(frames === null ? {} : { frames }),
    ...(maxPixels === null ? {} : { maxPixels }),
  };
}
