import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { gridSize } from "./grid.ts";
import type { Patch } from "./patches.ts";

/** Where a patch's vertices and triangles are written. */
export interface MeshTarget {
  positions: Float64Array;
  colors: Uint8Array;
  triangles: Int32Array;
  /** The place in the file of each vertex in the order of construction. */
  order: Int32Array;
}

/**
 * A vertex strays at most this part of a cell from its place in the grid, in both directions. At r the smallest
 * triangle's doubled area is 1 - 4 r cells (two corners r towards each other along u while the third edge leans by 2
 * r), so less than 0.25 keeps every triangle from turning over.
 */
const LARGEST_STRAY = 0.24;

/**
 * Writes one patch as a jittered grid, row after row along u. Corners lie exactly in the patch's corners and its border
 * vertices exactly on its border, so its extent is exact.
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
  for (let row = 0; row <= rows; row += 1) {
    for (let column = 0; column <= columns; column += 1) {
      // One draw per vertex, its low bits for u, v and the shade: drawing costs more than the rest of the loop.
      const bits = random.next();
      const s = stray(column, columns, bits & 0x3ff);
      const t = stray(row, rows, (bits >>> 10) & 0x3ff);
      const shade = ((bits >>> 20) & 0xf) - 8;
      const place = 3 * order[vertex++];
      for (let axis = 0; axis < 3; axis += 1) {
        positions[place + axis] = origin[axis] + s * u[axis] + t * v[axis];
        colors[place + axis] = color[axis] + shade;
      }
    }
  }
  let corner = 3 * firstTriangle;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
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
  return (line + LARGEST_STRAY * (bits / 511.5 - 1)) / lines;
}
