import type { AxisAlignedBox, OrientedBox, Vec3 } from "@vsi/dataset";
import { AXES } from "../axes.ts";
import { take } from "../scanMemory.ts";
import { type GatheredObject, gatherObject } from "../vertices.ts";

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

/**
 * 2^22: 4 MiB, and 16 more for an object of several parts; a room of 30 x 30 x 4 m. An object whose strays reach farther
 * gets coarser voxels.
 */
const MOST_CELLS = 2 ** 22;

/**
 * How large an object is along its box's axes, by its core: its largest part of vertices in voxels that touch, at a
 * face, edge or corner, without the farthest 0.5 % of the part's vertices. Vertices of another object that were
 * annotated with it, and single ones that float, move its box and not its core. Fewer than 200 vertices have no
 * farthest 0.5 %.
 *
 * @param object metres; finite, at least one vertex.
 * @param axes of the box around the same vertices.
 * @param memory for as many vertices or more; one for all objects of a scan saves its collection.
 * @returns edge lengths along the axes, metres: to rounding no longer than the box's.
 */
export function coreSize(
  object: GatheredObject,
  { axes }: Pick<OrientedBox, "axes">,
  memory: CoreMemory = coreMemory(object.positions.length / 3),
): Vec3 {
  const voxelCount = findVoxels(object, memory);
  const parts = connect(voxelCount, grid[STRIDE_X], grid[STRIDE_Y], memory);
  // As nearly every object is.
  const { positions, mean } = parts === 1 ? object : largestPart(object.positions, voxelCount, parts, memory);
  const limit = measureSquares(positions, mean[0], mean[1], mean[2], memory);
  for (const row of AXES) for (const column of AXES) frame[3 * row + column] = axes[row][column];
  measureNear(positions, memory.squaredDistances, limit, frame, reach);
  return [reach[3] - reach[0], reach[4] - reach[1], reach[5] - reach[2]];
}

/** What is written anew for each object. */
export interface CoreMemory {
  /** 0 for a cell without vertices, and for every cell between two objects; 1 for one vertex; 3 for more. */
  cells: Uint8Array;
  /** The same cells, to be looked at four in a row. */
  rows: DataView;
  /** The cells with vertices, as the vertices meet them. */
  voxels: Int32Array;
  cellOfVertex: Int32Array;
  /** The voxels part by part. */
  voxelsByPart: Int32Array;
  /** Where each part begins among them. */
  partStarts: Int32Array;
  /** Of voxels, where there are several parts. */
  partOfCell: Int32Array;
  /** Vertices in each part, where there are several. */
  partSizes: Int32Array;
  /** Of the largest part, where there are several. */
  vertices: Uint32Array;
  /** Their x, y, z. */
  positions: Float64Array;
  /** Of the part's vertices, from their mean. */
  squaredDistances: Float64Array;
  /** The largest of them. */
  farthest: Float64Array;
}

/** @param vertices of the largest object. */
export function coreMemory(vertices: number): CoreMemory {
  return {
    cells: new Uint8Array(0),
    rows: new DataView(new ArrayBuffer(0)),
    voxels: take(Int32Array, vertices),
    cellOfVertex: take(Int32Array, vertices),
    voxelsByPart: take(Int32Array, vertices),
    partStarts: take(Int32Array, vertices + 1),
    partOfCell: new Int32Array(0),
    partSizes: take(Int32Array, vertices),
    vertices: take(Uint32Array, vertices),
    positions: take(Float64Array, 3 * vertices),
    squaredDistances: take(Float64Array, vertices),
    farthest: take(Float64Array, droppedOf(vertices) + 1),
  };
}

/** The grid of an object's voxels, written anew for each: a typed array, as fast loops want (STRETCH in vertices.ts). */
const grid = new Float64Array(6);
/** Places in it. */
const PER_METRE = 0;
/** The first cell along each axis, in edges from the frame's origin. */
const FIRST = 1;
/** From a cell to the next along x, and along y; along z it is 1. */
const STRIDE_X = 4;
const STRIDE_Y = 5;

/** Fills the smallest voxels that suit the mesh. @returns how many. */
function findVoxels({ positions, bounds }: GatheredObject, memory: CoreMemory): number {
  let edge_m: number = CORE_RULES.voxel_m;
  while (cellsAlong(bounds, edge_m).reduce((product, cells) => product * cells, 1) > MOST_CELLS) edge_m *= 2;
  for (;;) {
    layGrid(bounds, edge_m, memory);
    const count = fillVoxels(positions, grid, memory.cells, memory.voxels, memory.cellOfVertex);
    const isFine = countAlone(count, memory) / (positions.length / 3) <= CORE_RULES.mostAlone;
    if (isFine || edge_m >= CORE_RULES.largestVoxel_m) return count;
    for (let voxel = 0; voxel < count; voxel += 1) memory.cells[memory.voxels[voxel]] = 0;
    edge_m *= 2;
  }
}

/** With one more at either end, so that every voxel has 26 neighbours. */
function cellsAlong({ min, max }: AxisAlignedBox, edge_m: number): number[] {
  return AXES.map((axis) => Math.floor(max[axis] * (1 / edge_m)) - Math.floor(min[axis] * (1 / edge_m)) + 3);
}

/** Whole edges from the frame's origin: an object's grid stays where it is when strays are added. */
function layGrid(bounds: AxisAlignedBox, edge_m: number, memory: CoreMemory): void {
  const [alongX, alongY, alongZ] = cellsAlong(bounds, edge_m);
  grid[PER_METRE] = 1 / edge_m;
  for (const axis of AXES) grid[FIRST + axis] = Math.floor(bounds.min[axis] * (1 / edge_m)) - 1;
  grid[STRIDE_X] = alongY * alongZ;
  grid[STRIDE_Y] = alongZ;
  // One more, to look at four in a row.
  const needed = alongX * alongY * alongZ + 1;
  if (memory.cells.length >= needed) return;
  memory.cells = take(Uint8Array, needed).fill(0);
  memory.rows = new DataView(memory.cells.buffer, memory.cells.byteOffset, needed);
}

/** @returns the number of voxels. */
function fillVoxels(
  positions: Float64Array,
  grid: Float64Array,
  cells: Uint8Array,
  voxels: Int32Array,
  cellOfVertex: Int32Array,
): number {
  const perMetre = grid[PER_METRE];
  const firstX = grid[FIRST];
  const firstY = grid[FIRST + 1];
  const firstZ = grid[FIRST + 2];
  const strideX = grid[STRIDE_X];
  const strideY = grid[STRIDE_Y];
  let count = 0;
  for (let offset = 0, vertex = 0; offset < positions.length; offset += 3, vertex += 1) {
    const x = Math.floor(positions[offset] * perMetre) - firstX;
    const y = Math.floor(positions[offset + 1] * perMetre) - firstY;
    const z = Math.floor(positions[offset + 2] * perMetre) - firstZ;
    const cell = (x * strideX + y * strideY + z) | 0;
    const filled = cells[cell];
    if (filled === 0) {
      voxels[count] = cell;
      count += 1;
    }
    // 0, 1, 3, 3, ...: without asking whether there was one.
    cells[cell] = ((filled << 1) | 1) & 3;
    cellOfVertex[vertex] = cell;
  }
  return count;
}

/** Vertices that are alone in their voxel. */
function countAlone(voxelCount: number, { cells, voxels }: CoreMemory): number {
  let alone = 0;
  for (let voxel = 0; voxel < voxelCount; voxel += 1) if (cells[voxels[voxel]] === 1) alone += 1;
  return alone;
}

/** The first three of four bytes. */
const THREE_CELLS = 0xffffff;

/**
 * Sorts the voxels by connected part, the parts by their first voxels: floods from voxel to voxel. Empties the cells of
 * what it reaches, and ends when none is left: most objects are of one part.
 *
 * @returns the number of parts.
 */
function connect(voxelCount: number, strideX: number, strideY: number, memory: CoreMemory): number {
  const { cells, rows, voxels, voxelsByPart, partStarts } = memory;
  let parts = 0;
  let end = 0;
  for (let first = 0; end < voxelCount; first += 1) {
    if (cells[voxels[first]] === 0) continue;
    cells[voxels[first]] = 0;
    partStarts[parts] = end;
    parts += 1;
    let next = end;
    voxelsByPart[end] = voxels[first];
    end += 1;
    for (; next < end && end < voxelCount; next += 1) {
      const voxel = voxelsByPart[next];
      for (let x = voxel - strideX; x <= voxel + strideX; x += strideX) {
        for (let y = x - strideY; y <= x + strideY; y += strideY) {
          // One look at the three along z: mostly, all are empty by now.
          if ((rows.getInt32(y - 1, true) & THREE_CELLS) === 0) continue;
          for (let cell = y - 1; cell <= y + 1; cell += 1) {
            if (cells[cell] === 0) continue;
            cells[cell] = 0;
            voxelsByPart[end] = cell;
            end += 1;
          }
        }
      }
    }
  }
  return parts;
}

/** The part with most vertices; of equal ones, that with the first vertex. */
function largestPart(
  positions: Float64Array,
  voxelCount: number,
  parts: number,
  memory: CoreMemory,
): Pick<GatheredObject, "positions" | "mean"> {
  if (memory.partOfCell.length < memory.cells.length) memory.partOfCell = take(Int32Array, memory.cells.length);
  const { voxelsByPart, partStarts, partOfCell, partSizes, cellOfVertex, vertices } = memory;
  partStarts[parts] = voxelCount;
  for (let part = 0; part < parts; part += 1) {
    for (let place = partStarts[part]; place < partStarts[part + 1]; place += 1) partOfCell[voxelsByPart[place]] = part;
  }
  const vertexCount = positions.length / 3;
  partSizes.fill(0, 0, parts);
  for (let vertex = 0; vertex < vertexCount; vertex += 1) partSizes[partOfCell[cellOfVertex[vertex]]] += 1;
  let largest = 0;
  for (let part = 1; part < parts; part += 1) if (partSizes[part] > partSizes[largest]) largest = part;
  let end = 0;
  for (let vertex = 0; vertex < vertexCount; vertex += 1) {
    if (partOfCell[cellOfVertex[vertex]] === largest) vertices[end++] = vertex;
  }
  return gatherObject(positions, vertices.subarray(0, end), memory.positions);
}

function droppedOf(vertices: number): number {
  return Math.floor(vertices * CORE_RULES.dropped);
}

/**
 * Squared distances from the vertices' mean, which is quicker to find than their median and as good: a connected part has
 * no vertex far off.
 *
 * @returns the largest one but for the share that is left out.
 */
function measureSquares(
  positions: Float64Array,
  meanX: number,
  meanY: number,
  meanZ: number,
  { squaredDistances, farthest }: CoreMemory,
): number {
  // A heap of those left out and one more, the smallest on top: few vertices ever get into it.
  const size = droppedOf(positions.length / 3) + 1;
  farthest.fill(-1, 0, size);
  for (let offset = 0, vertex = 0; offset < positions.length; offset += 3, vertex += 1) {
    const x = positions[offset] - meanX;
    const y = positions[offset + 1] - meanY;
    const z = positions[offset + 2] - meanZ;
    const squared = x * x + y * y + z * z;
    squaredDistances[vertex] = squared;
    if (squared > farthest[0]) replaceTop(farthest, size, squared);
  }
  return farthest[0];
}

/** Puts a value in place of a heap's smallest. */
function replaceTop(heap: Float64Array, size: number, value: number): void {
  let place = 0;
  let child = 1;
  while (child < size) {
    if (child + 1 < size && heap[child + 1] < heap[child]) child += 1;
    if (heap[child] >= value) break;
    heap[place] = heap[child];
    place = child;
    child = 2 * place + 1;
  }
  heap[place] = value;
}

/** The axes, one after the other. */
const frame = new Float64Array(9);
/** The least along each of them, then the most. */
const reach = new Float64Array(6);

/** How far the vertices within the limit reach along each axis; those as far as the limit are within. */
function measureNear(
  positions: Float64Array,
  squaredDistances: Float64Array,
  limit: number,
  axes: Float64Array,
  measured: Float64Array,
): void {
  const uX = axes[0];
  const uY = axes[1];
  const uZ = axes[2];
  const vX = axes[3];
  const vY = axes[4];
  const vZ = axes[5];
  const wX = axes[6];
  const wY = axes[7];
  const wZ = axes[8];
  let minU = Infinity;
  let minV = Infinity;
  let minW = Infinity;
  let maxU = -Infinity;
  let maxV = -Infinity;
  let maxW = -Infinity;
  for (let offset = 0, vertex = 0; offset < positions.length; offset += 3, vertex += 1) {
    if (squaredDistances[vertex] > limit) continue;
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
  measured[0] = minU;
  measured[1] = minV;
  measured[2] = minW;
  measured[3] = maxU;
  measured[4] = maxV;
  measured[5] = maxW;
}
