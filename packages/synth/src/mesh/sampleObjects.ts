import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { chooseSpacing } from "./chooseSpacing.ts";
import { cutSegments } from "./cutSegments.ts";
import { fileOrder } from "./fileOrder.ts";
import { gridSize } from "./gridSize.ts";
import type { RoomObject } from "./roomObject.ts";
import type { SampledMesh } from "./sampledMesh.ts";
import { samplePatch } from "./samplePatch.ts";

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
