import { at, countOf } from "@vsi/dataset/internal";
import { type Block, type Chart, renderPage, type Table, textTable } from "@vsi/report";
import { percent } from "@vsi/report/internal";
import type { FlippedQuestion } from "../score/compareRuns.ts";
import type { Comparison, ComparisonRow } from "../score/compareScores.ts";
import { rowLabel } from "../score/tableRows.ts";
import { inPercent, intervalNote, signedInterval, signedPercent, unknownSettings } from "./percent.ts";
import { flippedBlocks, flippedLines } from "./runs.ts";

/** A comparison as one HTML file. */
export function comparisonPage(comparison: Comparison, flipped: readonly FlippedQuestion[]): string {
  const { a, b, settings, rows } = comparison;
  const { difference, interval } = at(rows, 0).official;
  const chance = interval === null ? "" : ` (${comparison.bootstrap.level * 100} %: ${signedInterval(interval)})`;
  const differing: Block =
    settings.length === 0
      ? { kind: "paragraph", text: "No known settings differ." }
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
        kind: "chart",
        chart: differenceChart(comparison),
        caption: "b - a by task.",
      },
      { kind: "table", table: comparisonTable(comparison, "official") },
      { kind: "table", table: comparisonTable(comparison, "robust") },
      ...flippedBlocks(flipped, ["a", "b"]),
      { kind: "paragraph", text: comparisonNote(comparison) },
    ],
  });
}

function differenceChart(comparison: Comparison): Chart {
  const rows = comparison.rows.filter(({ questions }) => questions > 0);
  return {
    kind: "forest",
    title: "Difference by task",
    rows: rows.map(({ row }) => rowLabel(row)),
    series: (["official", "robust"] as const).map((metric) => ({
      name: metric,
      values: rows.map((row) => inPercent(row[metric].difference)),
      low: rows.map((row) => inPercent(row[metric].interval?.[0])),
      high: rows.map((row) => inPercent(row[metric].interval?.[1])),
    })),
    xTitle: "b - a (percentage points)",
  };
}

/** What else differs between the two runs, in a sentence or two each. */
function comparisonWarnings(comparison: Comparison): string[] {
  const { settings_known, same_data, only_in_a, only_in_b } = comparison;
  const warnings: string[] = [];
  const unknown = (["a", "b"] as const).filter((run) => !settings_known[run]);
  if (unknown.length > 0) {
    warnings.push(unknownSettings(unknown));
  }
  if (!same_data) warnings.push("The two were scored on different files.");
  if (only_in_a + only_in_b > 0) {
    warnings.push(
      `Left out: ${countOf(only_in_a, "question")} only in a, ${countOf(only_in_b, "question")} only in b.`,
    );
  }
  return warnings;
}

/** What the numbers of a comparison are. */
function comparisonNote({ rows, questions_shared, scans_shared, bootstrap }: Comparison): string {
  return (
    `${countOf(questions_shared, "question")} about ${countOf(scans_shared, "scan")} in both; percent. ` +
    intervalNote(bootstrap, scans_shared, {
      method: "paired bootstrap",
      after: "; an interval without 0 is a difference that chance is unlikely to explain",
      without: rows.filter(({ official }) => lacksInterval(official)).map(({ row }) => rowLabel(row)),
    })
  );
}

/** Whether a difference stands without its interval. */
export function lacksInterval({ difference, interval }: ComparisonRow["official"]): boolean {
  return difference !== null && interval === null;
}

/** Both runs and their difference by one metric, one line per task, in percent. */
function comparisonTable({ rows, bootstrap }: Comparison, metric: "official" | "robust"): Table {
  const heads = ["questions", "a", "b", "b - a", `${bootstrap.level * 100} %`];
  return {
    columns: [{ head: metric }, ...heads.map((head) => ({ head, align: "right" as const }))],
    rows: rows.map((row) => {
      const { a, b, difference, interval } = row[metric];
      const values = [percent(a), percent(b), signedPercent(difference), signedInterval(interval)];
      return [rowLabel(row.row), row.questions, ...values];
    }),
  };
}

/** A comparison for a terminal: the settings that differ first, then both metrics. */
export function comparisonText(comparison: Comparison, flipped: readonly FlippedQuestion[]): string {
  const { a, b, settings } = comparison;
  return [
    `a: ${a.predictions}`,
    `b: ${b.predictions}`,
    ...settings.map((row) => `  ${row.setting} ${row.a ?? "(none)"} / ${row.b ?? "(none)"}`),
    ...comparisonWarnings(comparison).map((warning) => `  ${warning}`),
    textTable(comparisonTable(comparison, "official")),
    textTable(comparisonTable(comparison, "robust")),
    ...flippedLines(flipped, ["a", "b"]),
    comparisonNote(comparison),
  ].join("\n");
}
