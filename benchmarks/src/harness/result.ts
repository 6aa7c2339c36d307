import { mkdir, readFile, writeFile } from "node:fs/promises";
import { arch, cpus, platform, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { at } from "@vsi/dataset/internal";
import type { ResultTable } from "./measurement.ts";
import { aimOutcome, type Ratio, ratioText, threeDigits } from "./ratio.ts";

/** A table as Markdown that also reads well in a terminal: the first column to the left, the others to the right. */
export function markdownOf({ title, columns, rows, aims = [], notes }: ResultTable): string {
  const widths = columns.map((column, index) =>
    Math.max(3, column.length, ...rows.map((row) => at(row, index).length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, index) => (index === 0 ? cell.padEnd(at(widths, 0)) : cell.padStart(at(widths, index)))).join(" | ")} |`;
  const rule = widths.map((width, index) => (index === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [
    `## ${title}`,
    "",
    line(columns),
    line(rule),
    ...rows.map(line),
    "",
    ...aims.map(
      (aimed) =>
        `- Aim, ${aimed.what}: ${aimed.bound} ${aimed.aim}, got ${threeDigits(aimed.ratio.median)}: ${aimOutcome(aimed)}.`,
    ),
    ...notes.map((note) => `- ${note}`),
    "",
  ].join("\n");
}

/** All aims of a run, one a line; null where there are none. */
export function aimsTable(tables: readonly ResultTable[]): ResultTable | null {
  const aims = tables.flatMap((table) => table.aims ?? []);
  if (aims.length === 0) return null;
  const isCompared = aims.some(({ before }) => before !== undefined);
  return {
    title: "Aims",
    columns: ["ratio", "aim", "measured", "outcome", ...(isCompared ? ["as of VSI_BENCH_BEFORE"] : [])],
    rows: aims.map((aimed) => [
      aimed.what,
      `${aimed.bound} ${aimed.aim}`,
      ratioText(aimed.ratio),
      aimOutcome(aimed),
      ...(isCompared ? [optionalRatio(aimed.before)] : []),
    ]),
    notes: [],
  };
}

/** All that VSI_BENCH_BEFORE's version did too, one work a line; null where there is nothing. */
export function comparedTable(tables: readonly ResultTable[]): ResultTable | null {
  const rows = tables.flatMap(({ compared = [] }) => compared);
  if (rows.length === 0) return null;
  return {
    title: "VSI_BENCH_BEFORE's version over this one",
    columns: ["work", "CPU", "wall time", "peak memory"],
    rows: rows.map(({ what, cpu, wall, memory }) => [what, ...[cpu, wall, memory].map(optionalRatio)]),
    notes: [
      "Rounds taken in turn: above 1, this version takes less.",
      ...rows.flatMap(({ what, missing }) => (missing === undefined ? [] : [`Not compared, ${what}: ${missing}.`])),
    ],
  };
}

function optionalRatio(ratio: Ratio | undefined): string {
  return ratio === undefined ? "-" : ratioText(ratio);
}

/**
 * Writes a result to `benchmarks/results/<version>-<machine>.md`; with `names`, those of the measurements that were
 * selected, to a file of its own, so that a part never replaces the whole.
 * @returns the file's name.
 */
export async function writeResult(markdown: string, names: readonly string[]): Promise<string> {
  const packageFile = new URL("../../../package.json", import.meta.url);
  const { version } = JSON.parse(await readFile(packageFile, "utf8")) as { version: string };
  const file = `${[version, machineName(), ...names].join("-")}.md`;
  const folder = new URL("../../results/", import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(fileURLToPath(new URL(file, folder)), markdown);
  return file;
}

/** What a result depends on, without anything that tells whose machine it is: no host name, no path. */
export function describeMachine(): string {
  const cores = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const model = cores[0]?.model.trim() || "unknown processor";
  return `${model}, ${cores.length} cores, ${memory} GiB memory, ${platform()}-${arch()}, Node ${process.versions.node}`;
}

/** "linux-x64-node20": the part of a result file's name that tells machines apart. */
function machineName(): string {
  return `${platform()}-${arch()}-node${process.versions.node.split(".")[0]}`;
}
