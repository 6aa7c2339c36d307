import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { SynthError } from "../errors.ts";
import type { Patch } from "./patches.ts";

/** 1 m: no vertex of a room may be farther from the next, or walls would have holes for every reader that thins or joins points. */
const coarsest = 1;

/** 5 mm: finer than a hand-held depth camera measures; a room this fine has some 6 million vertices. */
const finest = 0.005;

/** 40 halvings of the interval: beyond that two spacings differ by less than a picometre. */
const halvings = 40;

/** The distance between vertices, in metres, at which the patches together have as nearly `vertexCount` vertices as any distance gives. */
export function chooseSpacing(patches: readonly Patch[], vertexCount: number): number {
  let [tooFine, tooCoarse] = [finest, coarsest];
  const [most, least] = [countVertices(patches, tooFine), countVertices(patches, tooCoarse)];
  if (!(vertexCount >= least && vertexCount <= most)) {
    throw new SynthError("vertex-count", {
      place: "vertexCount",
      got: String(vertexCount),
      expected: `${least} to ${most} for this room`,
      advice: "20000 makes a small sample, 150000 a scan of the real size.",
    });
  }
  for (let i = 0; i < halvings; i++) {
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

/** Where a patch's vertices and triangles are written. */
export interface MeshTarget {
  positions: Float64Array;
  colors: Uint8Array;
  triangles: Int32Array;
  /** The place in the file of each vertex in the order of construction. */
  order: Int32Array;
}

/**
 * A vertex strays at most this part of a cell from its place in the grid, in both directions. At r the smallest triangle's
 * doubled area is 1 - 4 r cells (two corners r towards each other along u while the third edge leans by 2 r), so less than
 * 0.25 keeps every triangle from turning over.
 */
const largestStray = 0.24;

/**
 * Writes one patch as a jittered grid, row after row along u. Corners lie exactly in the patch's corners and its border vertices
 * exactly on its border, so its extent is exact.
 * @param firstVertex the patch's first vertex in the order of construction.
 * @param firstTriangle the patch's first triangle.
 * @param color red, green and blue; each vertex is a little darker or lighter.
 */
export function samplePatch(
  random: RandomGenerator,
  patch: Patch,
  spacing: number,
  color: readonly number[],
  target: MeshTarget,
  firstVertex: number,
  firstTriangle: number,
): void {
  const { columns, rows } = gridSize(patch, spacing);
  const { positions, colors, triangles, order } = target;
  const { origin, u, v } = patch;
  let vertex = firstVertex;
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      // One draw a vertex, its low bits for u, v and the shade: drawing costs more than the rest of the loop.
      const bits = random.next();
      const s = stray(column, columns, bits & 0x3ff);
      const t = stray(row, rows, (bits >>> 10) & 0x3ff);
      const shade = ((bits >>> 20) & 0xf) - 8;
      const place = 3 * order[vertex++];
      for (let axis = 0; axis < 3; axis++) {
        positions[place + axis] = origin[axis] + s * u[axis] + t * v[axis];
        colors[place + axis] = color[axis] + shade;
      }
    }
  }
  let corner = 3 * firstTriangle;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const lower = firstVertex + row * (columns + 1) + column;
      const upper = lower + columns + 1;
      triangles[corner++] = order[lower];
      triangles[corner++] = order[lower + 1];
      triangles[corner++] = order[upper + 1];
      triangles[corner++] = order[lower];
      triangles[corner++] = order[upper + 1];
      triangles[corner++] = order[upper];
    }
  }
}

/** The position from 0 to 1 of a grid line's vertex, moved by ten random bits; the first and the last stay. */
function stray(line: number, lines: number, bits: number): number {
  if (line === 0 || line === lines) return line / lines;
  return (line + largestStray * (bits / 511.5 - 1)) / lines;
}
