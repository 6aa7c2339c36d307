import { checkArguments, fields, LIST, listOf, TEXT } from "@vsi/dataset/internal";
import { GeometryError } from "../../errors.ts";
import { take } from "../../scanMemory.ts";
import { INT32S, sortBySlot } from "../../vertices.ts";
import type { AggregatedObject } from "./aggregation.ts";

const OBJECTS = listOf(fields({ segments: LIST }), "a list of objects with segments");

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
 *
 * @example
 * ```js
 * import { groupInstances } from "@vsi/geometry";
 *
 * const segmentIds = Int32Array.from([7, 7, 2, 5]);
 * const [chair] = groupInstances(segmentIds, [{ id: 0, label: "chair", segments: [7, 5] }]);
 * console.log([...chair].join(" ")); // 0 1 3
 * ```
 */
export function groupInstances(
  segmentIds: Int32Array,
  objects: readonly AggregatedObject[],
  file = "aggregation.json",
): Uint32Array[] {
  checkArguments("groupInstances", {
    segmentIds: [segmentIds, INT32S],
    objects: [objects, OBJECTS],
    file: [file, TEXT],
  });
  const slotOfSegment = numberSegments(objects);
  const { order, starts } = sortBySlot(segmentIds, slotOfSegment);
  const verticesOf = (slot: number, end = slot + 1) => order.subarray(starts[slot], starts[end]);
  // Slots from here on belong to no object yet.
  let firstFree = 0;
  return objects.map((object, objectIndex) => {
    if (object.segments.length === 0) throw objectWithoutVertices(object, objectIndex, file);
    const slots = object.segments.map((segment) => slotOfSegment.get(segment) ?? slotOfSegment.size);
    const missing = slots.findIndex((slot) => starts[slot] === starts[slot + 1]);
    if (missing >= 0) throw segmentMissing(object, objectIndex, missing, file);
    const [first = 0] = slots;
    // Segments of this object alone, as usual, were numbered in a row: their vertices stand together already.
    if (first >= firstFree && slots.every((slot, place) => slot === first + place)) {
      firstFree = first + slots.length;
      return verticesOf(first, firstFree);
    }
    return concatenate([...new Set(slots)].map((slot) => verticesOf(slot)));
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

function concatenate(parts: Uint32Array[]): Uint32Array {
  const whole = take(
    Uint32Array,
    parts.reduce((total, part) => total + part.length, 0),
  );
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
    got: `segment ${object.segments[segmentIndex]} of object ${object.id} (${JSON.stringify(object.label)}), which has no vertices`,
    expected: "a segment that occurs in segs.json",
    advice:
      "The aggregation seems to be for another segmentation: use <scanId>.aggregation.json with <scanId>_vh_clean_2.0.010000.segs.json.",
  });
}
