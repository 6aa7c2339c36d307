import { inOneGo } from "@vsi/command";
import { terminalColumns } from "@vsi/command/internal/program";
import type { Values } from "@vsi/command/program";
import { countOf, printable } from "@vsi/dataset/internal";
import { type Table, textTable } from "@vsi/report";
import { percent } from "@vsi/report/internal";
import { percentInterval } from "../output/percent.ts";
import { type ComparedReport, readScoreReport } from "../score/compareScores.ts";
import { type MeanReport, meanScores } from "../score/meanScores.ts";
import { rowLabel } from "../score/tableRows.ts";
import type { MEAN } from "./flags.ts";

/**
 * Prints the mean of several runs of the same questions.
 *
 * @returns the exit code
 */
export async function run({ a, others, json, quiet }: Values<typeof MEAN>): Promise<number> {
  const reports: ComparedReport[] = [];
  for (const path of [a, ...others]) reports.push(await readScoreReport(path));
  const mean = inOneGo(() => meanScores(reports));
  if (json) process.stdout.write(printable(`${JSON.stringify(mean)}\n`));
  else if (!quiet)
    process.stdout.write(printable(`${meanText(mean, terminalColumns() ?? Number.POSITIVE_INFINITY)}\n`));
  return 0;
}

function meanText({ rows, mean_of, questions_total, scans_total, bootstrap }: MeanReport, width: number): string {
  const table: Table = {
    columns: [{ head: "" }, ...["questions", "official", "robust"].map((head) => ({ head, align: "right" as const }))],
    rows: rows
      .filter(({ questions }) => questions > 0)
      .map(({ row, questions, official, official_interval, robust, robust_interval }) => [
        rowLabel(row),
        questions,
        withInterval(official, official_interval),
        withInterval(robust, robust_interval),
      ]),
  };
  return [
    textTable(table, width),
    `Mean of ${countOf(mean_of.length, "run")}, ${countOf(questions_total, "question")} about ${countOf(scans_total, "scan")}; percent. In brackets ${bootstrap.level * 100} %: bootstrap over scans, ${countOf(bootstrap.resamples, "resample")}, seed ${bootstrap.seed}.`,
  ].join("\n");
}

function withInterval(score: number | null, interval: MeanReport["rows"][number]["official_interval"]): string | null {
  return interval === null ? percent(score) : `${percent(score)} (${percentInterval(interval)})`;
}
