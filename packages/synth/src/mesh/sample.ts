import type { Vec3 } from "@vsi/geometry";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { BoxPart, Piece } from "../furniture/piece.ts";
import { shuffle } from "../random.ts";
import { SynthError } from "../synthError.ts";

/** The surface of a piece where it stands in the room. */
export function piecePatches({ parts, yaw, center, elevation }: Piece): Patch[] {
  const [cosine, sine] = [Math.cos(yaw), Math.sin(yaw)];
  const turn = ([x, y, z]: Vec3): Vec3 => [cosine * x - sine * y, sine * x + cosine * y, z];
  return parts.flatMap(boxPatches).map((patch) => {
    const [x, y, z] = turn(patch.origin);
    return {
      ...patch,
      origin: [x + center[0], y + center[1], z + elevation],
      u: turn(patch.u),
      v: turn(patch.v),
    };
  });
}

/** The six faces of a box, fronts outwards. */
export function boxPatches({ min, max }: BoxPart): Patch[] {
  const x: Vec3 = [max[0] - min[0], 0, 0];
  const y: Vec3 = [0, max[1] - min[1], 0];
  const z: Vec3 = [0, 0, max[2] - min[2]];
  const face = (origin: Vec3, u: Vec3, v: Vec3): Patch => ({ origin, u, v, maximumSpacing: Number.POSITIVE_INFINITY });
  return [
    face(min, y, x),
    face([min[0], min[1], max[2]], x, y),
    face(min, x, z),
    face([min[0], max[1], min[2]], z, x),
    face(min, z, y),
    face([max[0], min[1], min[2]], y, z),
  ];
}

/** A flat parallelogram of surface: the points origin + s u + t v, s and t from 0 to 1; its front is where u x v points. Metres. */
export interface Patch {
  origin: Vec3;
  u: Vec3;
  v: Vec3;
  /** Vertices are at most this far apart, whatever the rest of the room is sampled at; Infinity for no limit. */
  maximumSpacing: number;
}

/** The mesh of a scan before it is written: float64 and in the axis-aligned frame (metres, +Z up), vertices and faces in file order. */
export interface RoomMesh {
  /** x, y, z of each vertex. */
  positions: Float64Array;
  /** Three vertices a face, counter-clockwise seen from the front. */
  triangles: Int32Array;
  /** Red, green, blue of each vertex. */
  colors: Uint8Array;
  /** ScanNet's objectId of each vertex; -1 on surface that no annotator has marked. The corners of a face share one. */
  objectOfVertex: Int32Array;
}

/** Darkest and lightest colour of an object: the shade of a vertex (8 at most) stays within a byte. */
const [darkest, lightest] = [60, 230];

/** The mesh of all objects with about `vertexCount` vertices in all, evenly spread over their surface. */
export function sampleObjects(
  random: RandomGenerator,
  objects: readonly RoomObject[],
  vertexCount: number,
): SampledMesh {
  const patches = objects.flatMap((object) => object.patches);
  const spacing = chooseSpacing(patches, vertexCount);
  let count = 0;
  let cells = 0;
  for (const patch of patches) {
    const { columns, rows } = gridSize(patch, spacing);
    count += (columns + 1) * (rows + 1);
    cells += columns * rows;
  }
  const order = fileOrder(random, count);
  const positions = new Float64Array(3 * count);
  const colors = new Uint8Array(3 * count);
  const triangles = new Int32Array(6 * cells);
  const objectOfVertex = new Int32Array(count);
  let vertex = 0;
  let triangle = 0;
  objects.forEach((object, index) => {
    const color = object.color ?? [0, 1, 2].map(() => uniformInt(random, darkest, lightest));
    for (const patch of object.patches) {
      const { columns, rows } = gridSize(patch, spacing);
      samplePatch(random, patch, spacing, color, { positions, colors, triangles, order }, vertex, triangle);
      const next = vertex + (columns + 1) * (rows + 1);
      for (; vertex < next; vertex++) objectOfVertex[order[vertex]] = index;
      triangle += 2 * columns * rows;
    }
  });
  const { segmentOfVertex, segmentsOfObject } = nameSegments(objects, spacing, order);
  return { vertexCount: count, positions, colors, triangles, objectOfVertex, segmentOfVertex, segmentsOfObject };
}

/** Gives every segment the file index of its first constructed vertex as its id. */
function nameSegments(
  objects: readonly RoomObject[],
  spacing: number,
  order: Int32Array,
): Pick<SampledMesh, "segmentOfVertex" | "segmentsOfObject"> {
  const cut = cutSegments(objects, spacing, order.length);
  const ids = new Int32Array(cut.firstSegment[objects.length]).fill(-1);
  const segmentOfVertex = new Int32Array(order.length);
  for (let vertex = 0; vertex < order.length; vertex++) {
    const segment = cut.segmentOfVertex[vertex];
    if (ids[segment] < 0) ids[segment] = order[vertex];
    segmentOfVertex[order[vertex]] = ids[segment];
  }
  const segmentsOfObject = objects.map((_, index) =>
    Array.from(ids.subarray(cut.firstSegment[index], cut.firstSegment[index + 1])),
  );
  return { segmentOfVertex, segmentsOfObject };
}

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

/** 10 vertices along each side of a cell: about the 100 vertices a segment of ScanNet's over-segmentation has. */
const cellSide = 10;

/** ScanNet's segMinVerts: smaller segments are joined with their neighbours. */
const fewestVertices = 20;

/** Vertices in the order of construction, and who owns them. */
interface Segmentation {
  /** Counted from 0 through all objects, for each vertex in the order of construction. */
  segmentOfVertex: Int32Array;
  /** The first segment of each object; one more entry closes the last. */
  firstSegment: Int32Array;
}

/** Cuts every object's patches into cells; patches too small for a segment of their own share one with the object's next patches. */
function cutSegments(objects: readonly RoomObject[], spacing: number, vertexCount: number): Segmentation {
  const segmentOfVertex = new Int32Array(vertexCount);
  const firstSegment = new Int32Array(objects.length + 1);
  let vertex = 0;
  let segment = 0;
  objects.forEach((object, index) => {
    firstSegment[index] = segment;
    let gathered = 0;
    for (const patch of object.patches) {
      const { columns, rows } = gridSize(patch, spacing);
      const count = (columns + 1) * (rows + 1);
      if (count < fewestVertices) {
        segmentOfVertex.fill(segment, vertex, vertex + count);
        gathered += count;
        vertex += count;
        if (gathered >= fewestVertices) {
          segment++;
          gathered = 0;
        }
        continue;
      }
      if (gathered > 0) segment++;
      gathered = 0;
      const cellsAcross = Math.max(1, Math.round((columns + 1) / cellSide));
      const cellsUp = Math.max(1, Math.round((rows + 1) / cellSide));
      for (let row = 0; row <= rows; row++) {
        const cellUp = Math.floor((row * cellsUp) / (rows + 1));
        for (let column = 0; column <= columns; column++) {
          const cellAcross = Math.floor((column * cellsAcross) / (columns + 1));
          segmentOfVertex[vertex++] = segment + cellUp * cellsAcross + cellAcross;
        }
      }
      segment += cellsAcross * cellsUp;
    }
    if (gathered > 0) segment++;
  });
  firstSegment[objects.length] = segment;
  return { segmentOfVertex, firstSegment };
}

/** One annotated thing of the room and its surface. */
export interface RoomObject {
  /** ScanNet's raw label; null for surface that no annotator has marked. */
  label: string | null;
  patches: Patch[];
  /** What the surface was made from; null for the room's shell, whose parts have no box of their own. */
  piece: Piece | null;
  /** Red, green and blue, 8 to 247 so that a vertex's shade stays within a byte; drawn by the scan's seed when left out. */
  color?: readonly [red: number, green: number, blue: number];
}

/** Vertices that stay together: marching cubes writes a voxel block's vertices one after the other, and the blocks in no order of meaning. */
const blockLength = 256;

/** For each vertex in the order of construction, its place in the file: blocks are shuffled, a shorter last block stays last. */
export function fileOrder(random: RandomGenerator, vertexCount: number): Int32Array {
  const blocks = Math.floor(vertexCount / blockLength);
  const places = shuffle(
    random,
    Array.from({ length: blocks }, (_, block) => block),
  );
  const order = new Int32Array(vertexCount);
  for (let vertex = 0; vertex < vertexCount; vertex++) {
    const block = Math.floor(vertex / blockLength);
    const place = block < blocks ? places[block] : block;
    order[vertex] = place * blockLength + (vertex % blockLength);
  }
  return order;
}

/** A triangle mesh whose vertices know their segment and object. All per-vertex arrays are in file order. */
interface SampledMesh {
  vertexCount: number;
  /** x, y, z of each vertex; metres, axis-aligned frame, +Z up. */
  positions: Float64Array;
  /** Red, green, blue of each vertex. */
  colors: Uint8Array;
  /** Three vertices a triangle, counter-clockwise seen from the front. */
  triangles: Int32Array;
  /** Position in the list of objects, for each vertex. */
  objectOfVertex: Int32Array;
  /** The segment's id, for each vertex: the index of one of the segment's vertices, as in ScanNet's over-segmentation. */
  segmentOfVertex: Int32Array;
  /** The segments of each object, by the object's position in the list. */
  segmentsOfObject: number[][];
}

/**
 * A vertex strays at most this part of a cell from its place in the grid, in both directions. At r the smallest triangle's
 * doubled area is 1 - 4 r cells (two corners r towards each other along u while the third edge leans by 2 r), so less than
 * 0.25 keeps every triangle from turning over.
 */
const largestStray = 0.24;

/** Where a patch's vertices and triangles are written. */
export interface MeshTarget {
  positions: Float64Array;
  colors: Uint8Array;
  triangles: Int32Array;
  /** The place in the file of each vertex in the order of construction. */
  order: Int32Array;
}

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
