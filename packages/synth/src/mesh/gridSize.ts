import type { Patch } from "./patch.ts";

/** Cells of the sampling grid along u (`columns`) and v (`rows`): at least one, none longer than the spacing. */
export function gridSize({ u, v, maximumSpacing }: Patch, spacing: number): { columns: number; rows: number } {
  const cell = Math.min(spacing, maximumSpacing);
  return {
    columns: Math.max(1, Math.ceil(Math.hypot(...u) / cell)),
    rows: Math.max(1, Math.ceil(Math.hypot(...v) / cell)),
  };
}
