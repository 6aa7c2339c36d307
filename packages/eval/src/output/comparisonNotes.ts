import { countOf } from "@vsi/report";
import type { Comparison } from "../compare/compareScores.ts";

/** What has to be known before two runs are compared: what else differs, one sentence or two each. */
export function comparisonWarnings(comparison: Comparison): string[] {
  const { settings_known, same_data, only_in_a, only_in_b } = comparison;
  const warnings: string[] = [];
  const unknown = (["a", "b"] as const).filter((run) => !settings_known[run]);
  if (unknown.length > 0) {
    warnings.push(`How ${unknown.join(" and ")} was asked is not known: its score report has no settings.`);
  }
  if (!same_data) warnings.push("The two were scored on files that differ.");
  if (only_in_a + only_in_b > 0) {
    warnings.push(
      `Left out: ${countOf(only_in_a, "question")} only in a, ${countOf(only_in_b, "question")} only in b.`,
    );
  }
  return warnings;
}

/** What the numbers of a comparison are. */
export function comparisonNote({ questions_shared, scans_shared, bootstrap }: Comparison): string {
  return (
    `${countOf(questions_shared, "question")} about ${countOf(scans_shared, "scan")} in both; percent. ${bootstrap.level * 100} %: paired bootstrap ` +
    `over scans, ${countOf(bootstrap.resamples, "resample")}, seed ${bootstrap.seed}; an interval without 0 is a difference that chance does not explain well.`
  );
}
