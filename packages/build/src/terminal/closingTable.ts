import { styleText } from "node:util";
import type { QuestionType } from "@vsi/dataset";
import Table from "cli-table3";
import { type BuildReport, questionTotal } from "../buildReport.ts";

/** How many skipped scans are listed one by one; all of them are in rejects.jsonl. */
const LISTED_SKIPS = 10;

/** The table that closes a build: what was read, skipped and made. */
export function closingTable(report: BuildReport): string {
  const table = new Table({
    head: ["question type", "questions", "refused"],
    colAligns: ["left", "right", "right"],
    style: { head: [], border: [] },
  });
  for (const [type, row] of Object.entries(report.questions) as [QuestionType, { made: number; refused: number }][]) {
    table.push([type, count(row.made), count(row.refused)]);
  }
  table.push(["all", count(questionTotal(report)), ""]);
  const lines = [
    table.toString(),
    `${count(report.scans_read)} scans read, ${count(report.scans_skipped.length)} skipped, ${report.seconds.toFixed(1)} seconds.`,
  ];
  for (const skip of report.scans_skipped.slice(0, LISTED_SKIPS))
    lines.push(styleText("red", `  skipped ${skip.scan}: ${skip.message}`));
  if (report.scans_skipped.length > LISTED_SKIPS)
    lines.push(`  and ${report.scans_skipped.length - LISTED_SKIPS} more, each in rejects.jsonl with its reason.`);
  if (report.test_scans > 0)
    lines.push(`${count(report.test_scans)} test scans left out: ScanNet publishes no annotation for them.`);
  lines.push(`Dataset written to ${report.out}`);
  return lines.join("\n");
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
