import { type Block, groupedBars, renderPage } from "@vsi/report";
import type { Comparison } from "../compare/compareScores.ts";
import { ROW_LABELS } from "../score/tableRows.ts";
import { comparisonNote, comparisonWarnings } from "./comparisonNotes.ts";
import { comparisonTable } from "./comparisonTable.ts";
import { inPercent, signedInterval, signedPercent } from "./percent.ts";

/** A comparison as one HTML file. */
export async function comparisonPage(comparison: Comparison): Promise<string> {
  const { a, b, settings, rows } = comparison;
  const { difference, interval } = rows[0]!.official;
  const chance = interval === null ? "" : ` (${comparison.bootstrap.level * 100} %: ${signedInterval(interval)})`;
  const differing: Block =
    settings.length === 0
      ? { kind: "paragraph", text: "No known setting differs." }
      : {
          kind: "table",
          caption: "Settings that differ",
          table: {
            columns: [{ head: "setting" }, { head: "a" }, { head: "b" }],
            rows: settings.map((row) => [row.setting, row.a, row.b]),
          },
        };
  return renderPage({
    title: "Two runs compared",
    lead: `From a to b the average changes by ${signedPercent(difference) ?? "–"} percentage points${chance}, official metric.`,
    blocks: [
      { kind: "list", items: [`a: ${a.predictions}`, `b: ${b.predictions}`] },
      differing,
      ...comparisonWarnings(comparison).map((text): Block => ({ kind: "warning", text })),
      { kind: "heading", text: "Differences" },
      {
        kind: "figure",
        svg: await differenceBars(comparison),
        caption: "b - a by task, with the paired bootstrap's intervals.",
      },
      { kind: "table", table: comparisonTable(comparison, "official") },
      { kind: "table", table: comparisonTable(comparison, "robust") },
      { kind: "paragraph", text: comparisonNote(comparison) },
    ],
  });
}

function differenceBars(comparison: Comparison): Promise<string> {
  const rows = comparison.rows.filter(({ questions }) => questions > 0);
  return groupedBars({
    title: "Difference by task",
    categories: rows.map(({ row }) => ROW_LABELS[row]),
    series: (["official", "robust"] as const).map((metric) => ({
      name: metric,
      values: rows.map((row) => inPercent(row[metric].difference)),
      low: rows.map((row) => inPercent(row[metric].interval?.[0])),
      high: rows.map((row) => inPercent(row[metric].interval?.[1])),
    })),
    yTitle: "b - a (percentage points)",
  });
}
