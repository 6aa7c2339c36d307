import { labelFrom } from "./chartTexts.ts";
import { PALETTE } from "./chartTheme.ts";

/** The colour of the field "series" (an index into seriesLabels); a legend only when there are several. */
export function seriesColor(series: number) {
  const shown = Array.from({ length: series }, (_, index) => index);
  return {
    field: "series",
    type: "nominal",
    scale: { domain: shown, range: PALETTE.slice(0, series) },
    legend: series === 1 ? null : { labelExpr: labelFrom("seriesLabels") },
  } as const;
}
