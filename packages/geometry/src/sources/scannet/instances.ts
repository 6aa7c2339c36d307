import { GeometryError } from "../../errors.ts";
import type { AggregatedObject } from "./aggregation.ts";

/**
 * Copies the vertices of one object out of a scan.
 *
 * @param positions x, y, z of each vertex of the scan in a row.
 * @param vertices indices of the vertices wanted.
 * @returns x, y, z of the vertices wanted, in that order.
 */
export function gatherPositions(positions: ArrayLike<number>, vertices: Uint32Array): Float64Array {
  const gathered = new Float64Array(3 * vertices.length);
  for (let index = 0; index < vertices.length; index++) {
    const source = 3 * vertices[index];
    const target = 3 * index;
    gathered[target] = positions[source];
    gathered[target + 1] = positions[source + 1];
    gathered[target + 2] = positions[source + 2];
  }
  return gathered;
}

/**
 * Finds each object's vertices. A segment that two objects claim gives its vertices to both; a segment that one
 * object lists twice counts once. Linear in the number of vertices (a counting sort by segment).
 *
 * @param segmentIds the segment of each vertex (segs.json's `segIndices`).
 * @param objects the aggregation's objects.
 * @param file the aggregation file's name, for errors.
 * @returns per object, in the order given, the indices of its vertices; each at least one long.
 * @throws GeometryError "object-without-vertices" for an empty segment list, "segment-missing" for a segment that no
 * vertex belongs to.
 */
export function groupInstances(
  segmentIds: Int32Array,
  objects: readonly AggregatedObject[],
  file = "aggregation.json",
): Uint32Array[] {
  const slotOfSegment = numberSegments(objects);
  const { order, starts } = sortBySlot(segmentIds, slotOfSegment);
  return objects.map((object, objectIndex) => {
    if (object.segments.length === 0) throw objectWithoutVertices(object, objectIndex, file);
    const slots = new Set(object.segments.map((segment) => slotOfSegment.get(segment)!));
    for (const [segmentIndex, segment] of object.segments.entries()) {
      const slot = slotOfSegment.get(segment)!;
      if (starts[slot] === starts[slot + 1]) throw segmentMissing(object, objectIndex, segmentIndex, file);
    }
    return concatenate([...slots].map((slot) => order.subarray(starts[slot], starts[slot + 1])));
  });
}

/** Segment ids are arbitrary integers: numbers those that occur in objects 0, 1, 2, ... */
function numberSegments(objects: readonly AggregatedObject[]): Map<number, number> {
  const slotOfSegment = new Map<number, number>();
  for (const object of objects) {
    for (const segment of object.segments) {
      if (!slotOfSegment.has(segment)) slotOfSegment.set(segment, slotOfSegment.size);
    }
  }
  return slotOfSegment;
}

/** Vertices ordered by slot; those of slot s stand at starts[s] up to starts[s + 1]. */
function sortBySlot(segmentIds: Int32Array, slotOfSegment: Map<number, number>) {
  const unclaimed = slotOfSegment.size;
  const starts = new Uint32Array(unclaimed + 2);
  const slots = new Uint32Array(segmentIds.length);
  // ScanNet names a segment after one of its vertices: a table of that length answers faster than the map.
  const slotOfVertexNumber = new Uint32Array(segmentIds.length).fill(unclaimed);
  for (const [segment, slot] of slotOfSegment) slotOfVertexNumber[segment] = slot;
  for (let vertex = 0; vertex < segmentIds.length; vertex++) {
    const segment = segmentIds[vertex];
    const slot = slotOfVertexNumber[segment] ?? slotOfSegment.get(segment) ?? unclaimed;
    slots[vertex] = slot;
    starts[slot + 1]++;
  }
  for (let slot = 0; slot <= unclaimed; slot++) starts[slot + 1] += starts[slot];
  const order = new Uint32Array(segmentIds.length);
  const next = starts.slice();
  for (let vertex = 0; vertex < slots.length; vertex++) order[next[slots[vertex]]++] = vertex;
  return { order, starts };
}

function concatenate(parts: Uint32Array[]): Uint32Array {
  const whole = new Uint32Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function objectWithoutVertices(object: AggregatedObject, objectIndex: number, file: string): GeometryError {
  return new GeometryError("object-without-vertices", {
    file,
    place: `segGroups[${objectIndex}].segments`,
    got: `an empty list for object ${object.id} (${JSON.stringify(object.label)})`,
    expected: "at least one segment",
    advice: "Download the aggregation file again.",
  });
}

function segmentMissing(
  object: AggregatedObject,
  objectIndex: number,
  segmentIndex: number,
  file: string,
): GeometryError {
  return new GeometryError("segment-missing", {
    file,
    place: `segGroups[${objectIndex}].segments[${segmentIndex}]`,
    got: `segment ${object.segments[segmentIndex]} of object ${object.id} (${JSON.stringify(object.label)}), which no vertex belongs to`,
    expected: "a segment that occurs in segs.json",
    advice:
      "The aggregation seems to belong to another segmentation: use <scanId>.aggregation.json with <scanId>_vh_clean_2.0.010000.segs.json.",
  });
}
