import { textTable } from "@vsi/report";
import type { Comparison } from "../compare/compareScores.ts";
import { comparisonNote, comparisonWarnings } from "./comparisonNotes.ts";
import { comparisonTable } from "./comparisonTable.ts";

/** A comparison for a terminal: the settings that differ first, then both metrics. */
export function comparisonText(comparison: Comparison): string {
  const { a, b, settings } = comparison;
  return [
    `a: ${a.predictions}`,
    `b: ${b.predictions}`,
    ...settings.map((row) => `  ${row.setting} ${row.a ?? "(none)"} / ${row.b ?? "(none)"}`),
    ...comparisonWarnings(comparison).map((warning) => `  ${warning}`),
    textTable(comparisonTable(comparison, "official")),
    textTable(comparisonTable(comparison, "robust")),
    comparisonNote(comparison),
  ].join("\n");
}
