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
  checkVertexCount(vertexCount, vertexRange(patches), "this room");
  for (let i = 0; i < HALVINGS; i += 1) {
    const middle = (tooFine + tooCoarse) / 2;
    if (countVertices(patches, middle) > vertexCount) tooFine = middle;
    else tooCoarse = middle;
  }
  const above = countVertices(patches, tooFine) - vertexCount;
  const below = vertexCount - countVertices(patches, tooCoarse);
  return above < below ? tooFine : tooCoarse;
}

/** The smallest and the largest number of vertices that a mesh can have. */
export interface VertexRange {
  least: number;
  most: number;
}

/** How many vertices patches have at the coarsest and at the finest spacing. */
export function vertexRange(patches: readonly Patch[]): VertexRange {
  return { least: countVertices(patches, COARSEST), most: countVertices(patches, FINEST) };
}

/**
 * @param what whose range it is, in the message: "this room".
 * @throws SynthError "vertex-count".
 */
export function checkVertexCount(vertexCount: number, { least, most }: VertexRange, what: string): void {
  if (vertexCount >= least && vertexCount <= most) return;
  throw new SynthError("vertex-count", {
    place: "vertexCount",
    got: String(vertexCount),
    expected: `${least} to ${most} for ${what}`,
    advice: "Use 20000 for a small sample, 150000 for a scan of real size.",
  });
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
