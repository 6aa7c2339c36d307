import type { AxisAlignedBox, OrientedBox, Vec3 } from "@vsi/dataset";
import { AXES } from "../axes.ts";
import { take } from "../scanMemory.ts";

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
 * @param memory for as many vertices or more; one for all objects of a scan saves its collection.
 * @returns edge lengths along the axes, metres: to rounding no longer than the box's.
 */
export function coreSize(
  positions: Float64Array,
  { axes }: Pick<OrientedBox, "axes">,
  bounds: AxisAlignedBox,
  memory: CoreMemory = coreMemory(positions.length / 3),
): Vec3 {
  const voxels = voxelsOf(positions, bounds, memory);
  connect(voxels, memory);
  const size = gatherLargestPart(positions.length / 3, voxels.count, memory);
  const dropped = Math.floor(size * CORE_RULES.dropped);
  const kept = dropped === 0 ? size : keepNearest(positions, bounds, size, dropped, memory);
  return extents(positions, memory.vertices, kept, axes);
}

/** What is written anew for each object. */
export interface CoreMemory {
  /** One more than the number of the voxel in each cell; 0 where there is none, and everywhere between two objects. */
  cells: Int32Array;
  /** Voxels are numbered as the vertices meet them. */
  cellOfVoxel: Int32Array;
  /** Vertices in each voxel. */
  sizes: Int32Array;
  partOfVoxel: Int32Array;
  /** Vertices in each part. */
  partSizes: Int32Array;
  /** Voxels that a flood has reached and not yet looked around. */
  open: Int32Array;
  voxelOfVertex: Int32Array;
  /** Indices of the vertices that are left. */
  vertices: Int32Array;
  squaredDistances: Float64Array;
  sorted: Float64Array;
}

/** @param vertices of the largest object. */
export function coreMemory(vertices: number): CoreMemory {
  const integers = () => take(Int32Array, vertices);
  return {
    cells: new Int32Array(0),
    cellOfVoxel: integers(),
    sizes: integers(),
    partOfVoxel: integers(),
    partSizes: integers(),
    open: integers(),
    voxelOfVertex: integers(),
    vertices: integers(),
    squaredDistances: take(Float64Array, vertices),
    sorted: take(Float64Array, vertices),
  };
}

/** The voxels of an object; which ones they are is in the memory. */
interface Voxels {
  count: number;
  /** From a cell to the next along x, and along y; along z it is 1. */
  strideX: number;
  strideY: number;
}

/** Fills the smallest voxels that suit the mesh. */
function voxelsOf(positions: Float64Array, bounds: AxisAlignedBox, memory: CoreMemory): Voxels {
  let edge_m: number = CORE_RULES.voxel_m;
  while (cellsAlong(bounds, edge_m).reduce((product, cells) => product * cells, 1) > MOST_CELLS) edge_m *= 2;
  for (;;) {
    const voxels = fillVoxels(positions, bounds, edge_m, memory);
    const isFine = shareAlone(positions.length / 3, voxels.count, memory) <= CORE_RULES.mostAlone;
    if (isFine || edge_m >= CORE_RULES.largestVoxel_m) return voxels;
    for (let voxel = 0; voxel < voxels.count; voxel += 1) memory.cells[memory.cellOfVoxel[voxel]] = 0;
    edge_m *= 2;
  }
}

/** With one more at either end, so that every voxel has 26 neighbours. */
function cellsAlong({ min, max }: AxisAlignedBox, edge_m: number): number[] {
  return AXES.map((axis) => Math.floor(max[axis] * (1 / edge_m)) - Math.floor(min[axis] * (1 / edge_m)) + 3);
}

function fillVoxels(positions: Float64Array, bounds: AxisAlignedBox, edge_m: number, memory: CoreMemory): Voxels {
  const [alongX, alongY, strideY] = cellsAlong(bounds, edge_m);
  const strideX = alongY * strideY;
  if (memory.cells.length < alongX * strideX) memory.cells = take(Int32Array, alongX * strideX).fill(0);
  const { cells, cellOfVoxel, sizes, voxelOfVertex } = memory;
  // Whole edges from the frame's origin: an object's grid stays where it is when strays are added.
  const perMetre = 1 / edge_m;
  const [firstX, firstY, firstZ] = bounds.min.map((low) => Math.floor(low * perMetre) - 1);
  const vertexCount = positions.length / 3;
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
      sizes[voxel] = 0;
    }
    voxelOfVertex[vertex] = voxel;
    sizes[voxel] += 1;
  }
  return { count, strideX, strideY };
}

function shareAlone(vertexCount: number, voxelCount: number, { sizes }: CoreMemory): number {
  let alone = 0;
  for (let voxel = 0; voxel < voxelCount; voxel += 1) if (sizes[voxel] === 1) alone += 1;
  return alone / vertexCount;
}

/**
 * Finds the connected part of each voxel, numbered by their first voxels, and its vertices: floods from voxel to voxel.
 * Empties the cells of what it reaches, so that most looks at a neighbour end at once.
 */
function connect({ count, strideX, strideY }: Voxels, memory: CoreMemory): void {
  const { cells, cellOfVoxel, sizes, partOfVoxel, partSizes, open } = memory;
  const steps = neighbourSteps(strideX, strideY);
  let part = 0;
  for (let first = 0; first < count; first += 1) {
    if (cells[cellOfVoxel[first]] === 0) continue;
    cells[cellOfVoxel[first]] = 0;
    open[0] = first;
    let end = 1;
    let size = 0;
    while (end > 0) {
      end -= 1;
      const voxel = open[end];
      partOfVoxel[voxel] = part;
      size += sizes[voxel];
      for (let step = 0; step < steps.length; step += 1) {
        const cell = cellOfVoxel[voxel] + steps[step];
        if (cells[cell] === 0) continue;
        open[end++] = cells[cell] - 1;
        cells[cell] = 0;
      }
    }
    partSizes[part] = size;
    part += 1;
  }
  partSizes.fill(0, part, count);
}

/** From a cell to each of its 26 neighbours. */
function neighbourSteps(strideX: number, strideY: number): Int32Array {
  const steps = new Int32Array(26);
  let end = 0;
  for (let x = -strideX; x <= strideX; x += strideX) {
    for (let y = -strideY; y <= strideY; y += strideY) {
      for (let z = -1; z <= 1; z += 1) if (x !== 0 || y !== 0 || z !== 0) steps[end++] = x + y + z;
    }
  }
  return steps;
}

/** The vertices of the largest part; of equal ones, of that with the first vertex. */
function gatherLargestPart(vertexCount: number, voxelCount: number, memory: CoreMemory): number {
  const { partOfVoxel, partSizes, voxelOfVertex, vertices } = memory;
  let largest = 0;
  for (let part = 1; part < voxelCount; part += 1) if (partSizes[part] > partSizes[largest]) largest = part;
  let end = 0;
  for (let vertex = 0; vertex < vertexCount; vertex += 1) {
    if (partOfVoxel[voxelOfVertex[vertex]] === largest) vertices[end++] = vertex;
  }
  return end;
}

/**
 * Leaves out the vertices farthest from their mean, which is quicker to find than their median and as good: a connected
 * part has no vertex far off. Those as far as the farthest one left stay too.
 */
function keepNearest(
  positions: Float64Array,
  bounds: AxisAlignedBox,
  count: number,
  dropped: number,
  memory: CoreMemory,
): number {
  const { vertices, squaredDistances, sorted } = memory;
  let x = 0;
  let y = 0;
  let z = 0;
  for (let place = 0; place < count; place += 1) {
    const offset = 3 * vertices[place];
    x += positions[offset];
    y += positions[offset + 1];
    z += positions[offset + 2];
  }
  x /= count;
  y /= count;
  z /= count;
  const binsPerSquare = (BINS - 1) / largestSquare(bounds, x, y, z);
  binSizes.fill(0);
  for (let place = 0; place < count; place += 1) {
    const offset = 3 * vertices[place];
    const alongX = positions[offset] - x;
    const alongY = positions[offset + 1] - y;
    const alongZ = positions[offset + 2] - z;
    const squared = alongX * alongX + alongY * alongY + alongZ * alongZ;
    squaredDistances[place] = squared;
    binSizes[(squared * binsPerSquare) | 0] += 1;
  }
  const limit = largestButSome(squaredDistances, count, binsPerSquare, dropped, sorted);
  let end = 0;
  for (let place = 0; place < count; place += 1) {
    if (squaredDistances[place] <= limit) vertices[end++] = vertices[place];
  }
  return end;
}

/** The squared distance of the box's farthest corner, or a little more; above 0. */
function largestSquare({ min, max }: AxisAlignedBox, x: number, y: number, z: number): number {
  const alongX = Math.max(max[0] - x, x - min[0]);
  const alongY = Math.max(max[1] - y, y - min[1]);
  const alongZ = Math.max(max[2] - z, z - min[2]);
  return alongX * alongX + alongY * alongY + alongZ * alongZ || 1;
}

const BINS = 1024;
/** Squared distances in each bin. */
const binSizes = new Int32Array(BINS);

/** The largest value but for the `dropped` largest ones: bins tell where it lies, and only its own bin is sorted. */
function largestButSome(
  values: Float64Array,
  count: number,
  binsPerSquare: number,
  dropped: number,
  sorted: Float64Array,
): number {
  let bin = BINS - 1;
  let above = 0;
  while (above + binSizes[bin] <= dropped) {
    above += binSizes[bin];
    bin -= 1;
  }
  let end = 0;
  for (let place = 0; place < count; place += 1) {
    if (((values[place] * binsPerSquare) | 0) === bin) sorted[end++] = values[place];
  }
  return sorted.subarray(0, end).sort()[end - 1 - (dropped - above)];
}

/** How far the first `count` vertices reach along each axis. */
function extents(positions: Float64Array, vertices: Int32Array, count: number, [u, v, w]: OrientedBox["axes"]): Vec3 {
  const [uX, uY, uZ] = u;
  const [vX, vY, vZ] = v;
  const [wX, wY, wZ] = w;
  let [minU, minV, minW] = [Infinity, Infinity, Infinity];
  let [maxU, maxV, maxW] = [-Infinity, -Infinity, -Infinity];
  for (let place = 0; place < count; place += 1) {
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
