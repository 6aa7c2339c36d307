import { describe, expect, test } from "@jest/globals";
import { boundaryRings } from "../../src/room/boundaryRings.ts";

// A unit square of two triangles, clockwise with y up, that share the edge between points 0 and 2.
const SQUARE = [0, 0, 1, 0, 1, 1, 0, 1];
const TRIANGLES = Uint32Array.of(0, 2, 1, 0, 3, 2);
const HALFEDGES = Int32Array.of(5, -1, -1, -1, -1, 0);

/** The ring turned so that its smallest point comes first. */
function normalized(ring: [number, number][]): [number, number][] {
  const first = ring.indexOf([...ring].sort((a, b) => a[0] - b[0] || a[1] - b[1])[0]);
  return [...ring.slice(first), ...ring.slice(0, first)];
}

describe("boundaryRings", () => {
  test("leaves out the edge between two inside triangles and runs counter-clockwise", () => {
    const rings = boundaryRings(SQUARE, TRIANGLES, HALFEDGES, Uint8Array.of(0, 0));
    expect(rings.map(normalized)).toEqual([
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
    ]);
  });

  test("follows the shared edge when one triangle is outside, and finds nothing when both are", () => {
    const rings = boundaryRings(SQUARE, TRIANGLES, HALFEDGES, Uint8Array.of(0, 1));
    expect(rings.map(normalized)).toEqual([
      [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
    ]);
    expect(boundaryRings(SQUARE, TRIANGLES, HALFEDGES, Uint8Array.of(1, 1))).toEqual([]);
  });
});
