import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { GeometryError } from "../../../src/errors.ts";
import { groupInstances } from "../../../src/sources/scannet/instances.ts";

function thrownBy(run: () => unknown): GeometryError {
  try {
    run();
  } catch (error) {
    if (error instanceof GeometryError) return error;
  }
  throw new Error("expected a GeometryError");
}

describe("groupInstances", () => {
  test("finds every vertex of thousands, in rows or alone, with an id that no vertex has as its number", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.constantFrom(1023, 1024, 1025, 5000), (row, count) => {
        const ids = Int32Array.from({ length: count }, (_, vertex) => [-1, 7, 2_000_000_000, 0][(vertex / row) & 3]);
        const segments = [...new Set(ids)];
        const groups = groupInstances(
          ids,
          segments.map((segment, id) => ({ id, label: "chair", segments: [segment] })),
        );
        for (const [index, segment] of segments.entries()) {
          expect([...groups[index]]).toEqual([...ids.keys()].filter((vertex) => ids[vertex] === segment));
        }
      }),
    );
  });

  test("finds the same vertices as a search through all vertices for each object", () => {
    const segment = fc.constantFrom(0, 3, 7, 500, 2_000_000_000);
    fc.assert(
      fc.property(
        fc.array(segment, { minLength: 1 }),
        fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
        (ids, picks) => {
          // Objects may share segments and list one twice; all segments listed occur.
          const objects = picks.map((pick, id) => ({
            id,
            label: "chair",
            segments: pick.map((n) => ids[n % ids.length]),
          }));
          const groups = groupInstances(Int32Array.from(ids), objects);
          const expected = objects.map((object) =>
            ids.flatMap((id, vertex) => (object.segments.includes(id) ? [vertex] : [])),
          );
          expect(groups.map((group) => [...group].sort((a, b) => a - b))).toEqual(expected);
        },
      ),
    );
  });

  test("gives a segment of two objects to both", () => {
    const groups = groupInstances(Int32Array.of(5, 5, 9), [
      { id: 0, label: "bed", segments: [5] },
      { id: 1, label: "pillow", segments: [9, 5] },
    ]);
    expect([...groups[0]]).toEqual([0, 1]);
    expect([...groups[1]].sort()).toEqual([0, 1, 2]);
  });

  test("names object, place and file of a segment that does not exist", () => {
    const objects = [
      { id: 4, label: "bed", segments: [5] },
      { id: 8, label: "trash can", segments: [5, 77] },
    ];
    const error = thrownBy(() => groupInstances(Int32Array.of(5), objects, "a.aggregation.json"));
    expect(error.code).toBe("segment-missing");
    expect(error.message).toContain("a.aggregation.json: segGroups[1].segments[1]: got segment 77 of object 8");
    expect(error.message).toContain("trash can");
  });

  test("refuses an object without segments, and any object of a scan without vertices", () => {
    const empty = [{ id: 3, label: "bed", segments: [] }];
    expect(thrownBy(() => groupInstances(Int32Array.of(1), empty)).code).toBe("object-without-vertices");
    const some = [{ id: 3, label: "bed", segments: [1] }];
    expect(thrownBy(() => groupInstances(new Int32Array(0), some)).code).toBe("segment-missing");
    expect(groupInstances(new Int32Array(0), [])).toEqual([]);
  });
});
