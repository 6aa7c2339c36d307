import { at } from "@vsi/dataset/internal";
import { gridSize } from "./grid.ts";
import type { RoomObject } from "./patches.ts";

/** 10 vertices along each side of a cell: about the 100 vertices a segment of ScanNet's over-segmentation has. */
const CELL_SIDE = 10;

/** ScanNet's segMinVerts: smaller segments are joined with their neighbours. */
const FEWEST_VERTICES = 20;

/** Segments as the files name them. */
export interface NamedSegments {
  /**
   * The segment's id, for each vertex in file order: the index of one of the segment's vertices, as in ScanNet's
   * over-segmentation.
   */
  segmentOfVertex: Int32Array;
  /** The segments of each object, by the object's position in the list. */
  segmentsOfObject: number[][];
}

/** Vertices in the order of construction, and who owns them. */
interface Segmentation {
  /** Counted from 0 through all objects, for each vertex in the order of construction. */
  segmentOfVertex: Int32Array;
  /** The first segment of each object; one more entry closes the last. */
  firstSegment: Int32Array;
}

/**
 * Cuts every object's patches into cells; patches too small for a segment of their own share one with the object's next
 * patches.
 */
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
      if (count < FEWEST_VERTICES) {
        segmentOfVertex.fill(segment, vertex, vertex + count);
        gathered += count;
        vertex += count;
        if (gathered >= FEWEST_VERTICES) {
          segment += 1;
          gathered = 0;
        }
        continue;
      }
      if (gathered > 0) segment += 1;
      gathered = 0;
      const cellsAcross = Math.max(1, Math.round((columns + 1) / CELL_SIDE));
      const cellsUp = Math.max(1, Math.round((rows + 1) / CELL_SIDE));
      for (let row = 0; row <= rows; row += 1) {
        const cellUp = Math.floor((row * cellsUp) / (rows + 1));
        for (let column = 0; column <= columns; column += 1) {
          const cellAcross = Math.floor((column * cellsAcross) / (columns + 1));
          segmentOfVertex[vertex++] = segment + cellUp * cellsAcross + cellAcross;
        }
      }
      segment += cellsAcross * cellsUp;
    }
    if (gathered > 0) segment += 1;
  });
  firstSegment[objects.length] = segment;
  return { segmentOfVertex, firstSegment };
}

/** Gives every segment the file index of its first constructed vertex as its id. */
export function nameSegments(objects: readonly RoomObject[], spacing: number, order: Int32Array): NamedSegments {
  const cut = cutSegments(objects, spacing, order.length);
  const ids = new Int32Array(at(cut.firstSegment, objects.length)).fill(-1);
  const segmentOfVertex = new Int32Array(order.length);
  for (const [vertex, place] of order.entries()) {
    const segment = at(cut.segmentOfVertex, vertex);
    if (at(ids, segment) < 0) ids[segment] = place;
    segmentOfVertex[place] = at(ids, segment);
  }
  const segmentsOfObject = objects.map((_, index) =>
    Array.from(ids.subarray(cut.firstSegment[index], cut.firstSegment[index + 1])),
  );
  return { segmentOfVertex, segmentsOfObject };
}
