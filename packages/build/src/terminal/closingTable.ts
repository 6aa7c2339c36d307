import { styleText } from "node:util";
import type { QuestionType } from "@vsi/dataset";
import { countOf } from "@vsi/report";
import Table from "cli-table3";
import { type BuildReport, questionTotal } from "../buildReport.ts";

/** How many skipped scans of a reason are named; all of them are in rejects.jsonl. */
const LISTED_SCANS = 10;

/** Only the lines that set head and total apart; the rows are read as one block. */
const TABLE_LINES = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };

/** The table that closes a build: what was read, skipped and made. */
export function closingTable(report: BuildReport): string {
  const lines = [
    ...(report.shard === null ? [questionTable(report)] : []),
    `${countOf(report.scans_read, "scan")} read, ${count(report.scans_skipped.length)} skipped, ${report.seconds.toFixed(1)} seconds.`,
  ];
  for (const [code, scans] of scansByReason(report)) {
    const named = scans.slice(0, LISTED_SCANS).join(", ");
    const more = scans.length > LISTED_SCANS ? ` and ${count(scans.length - LISTED_SCANS)} more` : "";
    lines.push(styleText("red", `  skipped (${code}): ${named}${more}`));
  }
  if (report.scans_skipped.length > 0)
    lines.push("  Each is in rejects.jsonl with the file, the place and what to do.");
  if (report.test_scans > 0)
    lines.push(`${countOf(report.test_scans, "test scan")} left out: ScanNet publishes no annotation for them.`);
  if (report.excluded_scans > 0) lines.push(`${countOf(report.excluded_scans, "scan")} left out by --exclude.`);
  lines.push(
    report.shard === null
      ? `Dataset written to ${report.out}`
      : `Shard ${report.shard.index} of ${report.shard.total} written to ${report.out}. When all are there: vsi-build merge with the same --out`,
  );
  return lines.join("\n");
}

function questionTable(report: BuildReport): string {
  const table = new Table({
    head: ["question type", "questions", "refused"],
    colAligns: ["left", "right", "right"],
    style: { head: [], border: [] },
    chars: TABLE_LINES,
  });
  for (const [type, row] of Object.entries(report.questions) as [QuestionType, { made: number; refused: number }][]) {
    table.push([type, count(row.made), count(row.refused)]);
  }
  table.push(["all", count(questionTotal(report)), ""]);
  return table.toString();
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

function scansByReason(report: BuildReport): Map<string, string[]> {
  const reasons = new Map<string, string[]>();
  for (const { code, scan } of report.scans_skipped) reasons.set(code, [...(reasons.get(code) ?? []), scan]);
  return reasons;
}
