import { textTable } from "@vsi/report";
import type { ScoreReport } from "../score/scoreReport.ts";
import { isOfficialRow } from "../score/tableRows.ts";
import { scoreNotes } from "./scoreNotes.ts";
import { fullScoreTable, officialScoreTable } from "./scoreTables.ts";
import { shortLine } from "./shortLine.ts";

/** Few enough to be read below a table. */
const SHOWN_EXAMPLES = 5;

/** A score report for a terminal: the paper's table, the other tasks, and what to know of the answers. */
export function scoreText(report: ScoreReport): string {
  const { rows, bootstrap, unreadable_examples } = report;
  const others = rows.filter(({ row }) => !isOfficialRow(row));
  const lines = [textTable(officialScoreTable(rows, bootstrap.level))];
  if (others.length > 0) {
    lines.push("Beside the average:", textTable(fullScoreTable(others, bootstrap.level)));
  }
  lines.push(...scoreNotes(report));
  for (const { id, why, prediction, ground_truth } of unreadable_examples.slice(0, SHOWN_EXAMPLES)) {
    lines.push(`  ${id} (${why}): ${shortLine(prediction)}; true: ${shortLine(ground_truth)}`);
  }
  if (unreadable_examples.length > 0) lines.push("  --per-question FILE lists every answer and what was read.");
  return lines.join("\n");
}
