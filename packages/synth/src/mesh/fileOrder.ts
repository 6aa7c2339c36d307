import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { shuffle } from "../random/shuffle.ts";

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
