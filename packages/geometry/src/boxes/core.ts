import type { AxisAlignedBox, OrientedBox, Vec3 } from "@vsi/dataset";
import { AXES } from "../axes.ts";

/** What belongs to the core of an object. */
export const CORE_RULES = {
  /**
   * Metres. Vertices of ScanNet's meshes are 2 to 5 cm apart, so that no voxel of 10 cm in a whole surface is empty: on
   * scene0000_00 voxels of 8 to 20 cm find the same parts, while those of 5 cm take a kitchen counter to pieces. Strays
   * that move a box by more than a few per cent lie farther off.
   */
  voxel_m: 0.1,
  /**
   * Share of an object's vertices that may each be alone in their voxel; while there are more, the mesh is coarse, and
   * edges are doubled up to the largest: 4 % are on scene0000_00, and a quarter on meshes of a room of 20,000 vertices.
   */
  mostAlone: 0.1,
  /** Metres: four times, for meshes with a sixteenth of the vertices. Coarser ones cannot be told from strays. */
  largestVoxel_m: 0.4,
  /** Share of the part's vertices that are left out, the farthest from its mean: single ones that stick out. */
  dropped: 0.005,
} as const;

/** 2^22: 16 MiB, a room of 30 x 30 x 4 m; an object whose strays reach farther gets coarser voxels. */
const MOST_CELLS = 2 ** 22;

/**
 * How large an object is along its box's axes, by its core: its largest part of vertices in voxels that touch, at a
 * face, edge or corner, without the farthest 0.5 % of the part's vertices. Vertices of another object that were
 * annotated with it, and single ones that float, move its box and not its core. Fewer than 200 vertices have no
 * farthest 0.5 %.
 *
 * @param positions x, y, z of each vertex in a row; metres; finite, at least one vertex.
 * @param axes of the box around the same vertices.
 * @param bounds the vertices' axis-aligned box.
 * @returns edge lengths along the axes, metres: to rounding no longer than the box's.
 */
export function coreSize(positions: Float64Array, { axes }: Pick<OrientedBox, "axes">, bounds: AxisAlignedBox): Vec3 {
  const voxels = voxelsOf(positions, bounds);
  const partOfVoxel = connect(voxels);
  const part = largestPart(voxels, partOfVoxel);
  const vertices = verticesOf(voxels, partOfVoxel, part);
  const dropped = Math.floor(vertices.length * CORE_RULES.dropped);
  const kept = dropped === 0 ? vertices : nearest(positions, vertices, dropped);
  return extents(positions, kept, axes);
}

/** The voxels that hold an object's vertices. */
interface Voxels {
  edge_m: number;
  /** From a cell to the next along x, and along y; along z it is 1. */
  strideX: number;
  strideY: number;
  /** One more than the number of the voxel in each cell; 0 where there is none. No voxel lies in a cell at the rim. */
  cells: Int32Array;
  /** Voxels are numbered as the vertices meet them. */
  count: number;
  cellOfVoxel: Int32Array;
  /** Vertices in each voxel. */
  sizes: Int32Array;
  voxelOfVertex: Int32Array;
}

/** In the smallest voxels that suit the mesh. */
function voxelsOf(positions: Float64Array, bounds: AxisAlignedBox): Voxels {
  let edge_m: number = CORE_RULES.voxel_m;
  while (cellsAlong(bounds, edge_m).reduce((product, cells) => product * cells, 1) > MOST_CELLS) edge_m *= 2;
  let voxels = fillVoxels(positions, bounds, edge_m);
  while (voxels.edge_m < CORE_RULES.largestVoxel_m && shareAlone(voxels) > CORE_RULES.mostAlone) {
    voxels = fillVoxels(positions, bounds, 2 * voxels.edge_m);
  }
  return voxels;
}

/** With one more at either end, so that every voxel has 26 neighbours. */
function cellsAlong({ min, max }: AxisAlignedBox, edge_m: number): number[] {
  return AXES.map((axis) => Math.floor(max[axis] * (1 / edge_m)) - Math.floor(min[axis] * (1 / edge_m)) + 3);
}

function fillVoxels(positions: Float64Array, bounds: AxisAlignedBox, edge_m: number): Voxels {
  const [alongX, alongY, strideY] = cellsAlong(bounds, edge_m);
  const strideX = alongY * strideY;
  // Whole edges from the frame's origin: an object's grid stays where it is when strays are added.
  const perMetre = 1 / edge_m;
  const [firstX, firstY, firstZ] = bounds.min.map((low) => Math.floor(low * perMetre) - 1);
  const cells = new Int32Array(alongX * strideX);
  const vertexCount = positions.length / 3;
  const voxelOfVertex = new Int32Array(vertexCount);
  const cellOfVoxel = new Int32Array(vertexCount);
  const sizes = new Int32Array(vertexCount);
  let count = 0;
  for (let vertex = 0; vertex < vertexCount; vertex += 1) {
    const x = (Math.floor(positions[3 * vertex] * perMetre) - firstX) | 0;
    const y = (Math.floor(positions[3 * vertex + 1] * perMetre) - firstY) | 0;
    const z = (Math.floor(positions[3 * vertex + 2] * perMetre) - firstZ) | 0;
    const cell = (x * strideX + y * strideY + z) | 0;
    let voxel = cells[cell] - 1;
    if (voxel < 0) {
      voxel = count;
      count += 1;
      cells[cell] = count;
      cellOfVoxel[voxel] = cell;
    }
    voxelOfVertex[vertex] = voxel;
    sizes[voxel] += 1;
  }
  return { edge_m, strideX, strideY, cells, count, cellOfVoxel, sizes, voxelOfVertex };
}

function shareAlone({ count, sizes, voxelOfVertex }: Voxels): number {
  let alone = 0;
  for (let voxel = 0; voxel < count; voxel += 1) if (sizes[voxel] === 1) alone += 1;
  return alone / voxelOfVertex.length;
}

/**
 * The connected part of each voxel, numbered by their first voxels: floods from voxel to voxel. Empties the cells of
 * what it reached, so that most looks at a neighbour end at once.
 */
function connect({ strideX, strideY, cells, count, cellOfVoxel }: Voxels): Int32Array {
  const steps = neighbourSteps(strideX, strideY);
  const partOfVoxel = new Int32Array(count);
  const open = new Int32Array(count);
  let parts = 0;
  for (let first = 0; first < count; first += 1) {
    if (cells[cellOfVoxel[first]] === 0) continue;
    cells[cellOfVoxel[first]] = 0;
    open[0] = first;
    let end = 1;
    while (end > 0) {
      end -= 1;
      const voxel = open[end];
      partOfVoxel[voxel] = parts;
      for (let step = 0; step < steps.length; step += 1) {
        const cell = cellOfVoxel[voxel] + steps[step];
        if (cells[cell] === 0) continue;
        open[end++] = cells[cell] - 1;
        cells[cell] = 0;
      }
    }
    parts += 1;
  }
  return partOfVoxel;
}

/** From a cell to each of its 26 neighbours. */
function neighbourSteps(strideX: number, strideY: number): Int32Array {
  const near = [-1, 0, 1];
  const steps = near.flatMap((x) => near.flatMap((y) => near.map((z) => x * strideX + y * strideY + z)));
  return Int32Array.from(steps.filter((step) => step !== 0));
}

/** The part of the most vertices; of equal ones, that of the first vertex. */
function largestPart({ count, sizes }: Voxels, partOfVoxel: Int32Array): number {
  const partSizes = new Int32Array(count);
  for (let voxel = 0; voxel < count; voxel += 1) partSizes[partOfVoxel[voxel]] += sizes[voxel];
  let largest = 0;
  for (let part = 1; part < count; part += 1) if (partSizes[part] > partSizes[largest]) largest = part;
  return largest;
}

function verticesOf({ voxelOfVertex }: Voxels, partOfVoxel: Int32Array, part: number): Int32Array {
  const vertices = new Int32Array(voxelOfVertex.length);
  let end = 0;
  for (let vertex = 0; vertex < vertices.length; vertex += 1) {
    if (partOfVoxel[voxelOfVertex[vertex]] === part) vertices[end++] = vertex;
  }
  return vertices.subarray(0, end);
}

/**
 * Leaves out the vertices farthest from their mean, which is quicker to find than their median and as good: a connected
 * part has no vertex far off. Those as far as the farthest one left stay too.
 */
function nearest(positions: Float64Array, vertices: Int32Array, dropped: number): Int32Array {
  let x = 0;
  let y = 0;
  let z = 0;
  for (let place = 0; place < vertices.length; place += 1) {
    const offset = 3 * vertices[place];
    x += positions[offset];
    y += positions[offset + 1];
    z += positions[offset + 2];
  }
  x /= vertices.length;
  y /= vertices.length;
  z /= vertices.length;
  const squared = new Float64Array(vertices.length);
  for (let place = 0; place < vertices.length; place += 1) {
    const offset = 3 * vertices[place];
    const alongX = positions[offset] - x;
    const alongY = positions[offset + 1] - y;
    const alongZ = positions[offset + 2] - z;
    squared[place] = alongX * alongX + alongY * alongY + alongZ * alongZ;
  }
  const limit = valueOfRank(squared.slice(), vertices.length - 1 - dropped);
  let end = 0;
  for (let place = 0; place < vertices.length; place += 1) {
    if (squared[place] <= limit) vertices[end++] = vertices[place];
  }
  return vertices.subarray(0, end);
}

/** The value that stands at `rank` in order of size (Hoare's quickselect); reorders the values. */
function valueOfRank(values: Float64Array, rank: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[(left + right) >> 1];
    let low = left;
    let high = right;
    while (low <= high) {
      while (values[low] < pivot) low += 1;
      while (values[high] > pivot) high -= 1;
      if (low > high) break;
      const value = values[low];
      values[low++] = values[high];
      values[high--] = value;
    }
    if (rank <= high) right = high;
    else if (rank >= low) left = low;
    else break;
  }
  return values[rank];
}

/** How far vertices reach along each axis. */
function extents(positions: Float64Array, vertices: Int32Array, [u, v, w]: OrientedBox["axes"]): Vec3 {
  const [uX, uY, uZ] = u;
  const [vX, vY, vZ] = v;
  const [wX, wY, wZ] = w;
  let [minU, minV, minW] = [Infinity, Infinity, Infinity];
  let [maxU, maxV, maxW] = [-Infinity, -Infinity, -Infinity];
  for (let place = 0; place < vertices.length; place += 1) {
    const offset = 3 * vertices[place];
    const x = positions[offset];
    const y = positions[offset + 1];
    const z = positions[offset + 2];
    const alongU = uX * x + uY * y + uZ * z;
    const alongV = vX * x + vY * y + vZ * z;
    const alongW = wX * x + wY * y + wZ * z;
    if (alongU < minU) minU = alongU;
    if (alongU > maxU) maxU = alongU;
    if (alongV < minV) minV = alongV;
    if (alongV > maxV) maxV = alongV;
    if (alongW < minW) minW = alongW;
    if (alongW > maxW) maxW = alongW;
  }
  return [maxU - minU, maxV - minV, maxW - minW];
}
