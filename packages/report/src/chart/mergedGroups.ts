import { formatNumber } from "../text/formatNumber.ts";

/** The label of what was merged. */
export function othersLabel(merged: number): string {
  return `others (${formatNumber(merged)})`;
}

const PLURALS = { category: "categories", row: "rows", column: "columns", group: "groups", series: "series" } as const;

/** The subtitle's line when groups were merged: "39 of 1,000 categories shown, the others as their sum". */
export function groupsNote(
  total: number,
  merged: number,
  noun: keyof typeof PLURALS,
  mergedAs: "sum" | "mean" | "one",
): string[] {
  if (merged === 0) return [];
  const others = mergedAs === "one" ? "the others in one colour" : `the others as their ${mergedAs}`;
  return [`${formatNumber(total - merged)} of ${formatNumber(total)} ${PLURALS[noun]} shown, ${others}`];
}
