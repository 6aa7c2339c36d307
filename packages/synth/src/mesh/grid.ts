import { SynthError } from "../errors.ts";
import type { Patch } from "./patches.ts";

/**
 * 1 m: no vertex of a room may be farther from the next, or walls would have holes for every reader that thins or joins
 * points.
 */
const COARSEST = 1;

/** 5 mm: finer than a hand-held depth camera measures; a room this fine has some 6 million vertices. */
const FINEST = 0.005;

/** 40 halvings of the interval: beyond that two spacings differ by less than a picometre. */
const HALVINGS = 40;

/**
 * The distance between vertices, in metres, at which the patches together have as nearly `vertexCount` vertices as any
 * distance gives.
 */
export function chooseSpacing(patches: readonly Patch[], vertexCount: number): number {
  let [tooFine, tooCoarse] = [FINEST, COARSEST];
  const [most, least] = [countVertices(patches, tooFine), countVertices(patches, tooCoarse)];
  if (!(vertexCount >= least && vertexCount <= most)) {
    throw new SynthError("vertex-count", {
      place: "vertexCount",
      got: String(vertexCount),
      expected: `${least} to ${most} for this room`,
      advice: "20000 makes a small sample, 150000 a scan of the real size.",
    });
  }
  for (let i = 0; i < HALVINGS; i += 1) {
    const middle = (tooFine + tooCoarse) / 2;
    if (countVertices(patches, middle) > vertexCount) tooFine = middle;
    else tooCoarse = middle;
  }
  const above = countVertices(patches, tooFine) - vertexCount;
  const below = vertexCount - countVertices(patches, tooCoarse);
  return above < below ? tooFine : tooCoarse;
}

function countVertices(patches: readonly Patch[], spacing: number): number {
  let count = 0;
  for (const patch of patches) {
    const { columns, rows } = gridSize(patch, spacing);
    count += (columns + 1) * (rows + 1);
  }
  return count;
}

/** Cells of the sampling grid along u (`columns`) and v (`rows`): at least one, none longer than the spacing. */
export function gridSize({ u, v, maximumSpacing }: Patch, spacing: number): { columns: number; rows: number } {
  const cell = Math.min(spacing, maximumSpacing);
  return {
    columns: Math.max(1, Math.ceil(Math.hypot(...u) / cell)),
    rows: Math.max(1, Math.ceil(Math.hypot(...v) / cell)),
  };
}
