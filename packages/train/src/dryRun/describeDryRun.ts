import { formatBytes } from "../environment/formatBytes.ts";
import type { DryRunReport } from "./dryRun.ts";

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
