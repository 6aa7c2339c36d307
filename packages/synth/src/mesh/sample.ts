import { at } from "@vsi/dataset/internal";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { shuffle } from "../random.ts";
import { chooseSpacing, gridSize } from "./grid.ts";
import type { RoomObject } from "./patches.ts";
import { samplePatch } from "./patchSampling.ts";
import { type NamedSegments, nameSegments } from "./segments.ts";

/**
 * The mesh of a scan before it is written: float64 and in the axis-aligned frame (metres, +Z up), vertices and faces in
 * file order.
 */
export interface RoomMesh {
  /** x, y, z of each vertex. */
  positions: Float64Array;
  /** Three vertices per face, counter-clockwise seen from the front. */
  triangles: Int32Array;
  /** Red, green, blue of each vertex. */
  colors: Uint8Array;
  /** ScanNet's objectId of each vertex; -1 on surface that no annotator has marked. The corners of a face share one. */
  objectOfVertex: Int32Array;
}

/** A triangle mesh whose vertices know their segment and object. All per-vertex arrays are in file order. */
interface SampledMesh extends NamedSegments {
  vertexCount: number;
  /** x, y, z of each vertex; metres, axis-aligned frame, +Z up. */
  positions: Float64Array;
  /** Red, green, blue of each vertex. */
  colors: Uint8Array;
  /** Three vertices per triangle, counter-clockwise seen from the front. */
  triangles: Int32Array;
  /** Position in the list of objects, for each vertex. */
  objectOfVertex: Int32Array;
}

/** Darkest and lightest colour of an object: the shade of a vertex (8 at most) stays within a byte. */
const [DARKEST, LIGHTEST] = [60, 230];

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
    const color = object.color ?? [0, 1, 2].map(() => uniformInt(random, DARKEST, LIGHTEST));
    for (const patch of object.patches) {
      const { columns, rows } = gridSize(patch, spacing);
      samplePatch(random, patch, spacing, color, { positions, colors, triangles, order }, vertex, triangle);
      const next = vertex + (columns + 1) * (rows + 1);
      for (const place of order.subarray(vertex, next)) objectOfVertex[place] = index;
      vertex = next;
      triangle += 2 * columns * rows;
    }
  });
  const { segmentOfVertex, segmentsOfObject } = nameSegments(objects, spacing, order);
  return { vertexCount: count, positions, colors, triangles, objectOfVertex, segmentOfVertex, segmentsOfObject };
}

/**
 * Vertices that stay together: marching cubes writes a voxel block's vertices one after the other, and the blocks in no
 * order of meaning.
 */
const BLOCK_LENGTH = 256;

/**
 * For each vertex in the order of construction, its place in the file: blocks are shuffled, a shorter last block stays
 * last.
 */
export function fileOrder(random: RandomGenerator, vertexCount: number): Int32Array {
  const blocks = Math.floor(vertexCount / BLOCK_LENGTH);
  const places = shuffle(
    random,
    Array.from({ length: blocks }, (_, block) => block),
  );
  const order = new Int32Array(vertexCount);
  for (let vertex = 0; vertex < vertexCount; vertex += 1) {
    const block = Math.floor(vertex / BLOCK_LENGTH);
    const place = block < blocks ? at(places, block) : block;
    order[vertex] = place * BLOCK_LENGTH + (vertex % BLOCK_LENGTH);
  }
  return order;
}
