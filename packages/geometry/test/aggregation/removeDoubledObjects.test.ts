import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { removeDoubledObjects } from "../../src/aggregation/removeDoubledObjects.ts";

const object = fc.record({
  id: fc.nat({ max: 50 }),
  label: fc.constantFrom("chair", "table", "1,2"),
  segments: fc.uniqueArray(fc.nat({ max: 5 }), { maxLength: 4 }),
});
const content = ({ label, segments }: { label: string; segments: number[] }) =>
  `${label}: ${segments.toSorted((first, second) => first - second).join(" ")}`;

describe("removeDoubledObjects", () => {
  test("nothing in, nothing out", () => {
    expect(removeDoubledObjects([])).toEqual({ objects: [], droppedIds: [] });
  });

  test("keeps the first of each label and set of segments, in order, and drops the rest", () => {
    fc.assert(
      fc.property(fc.array(object), (objects) => {
        const first = objects.filter(
          (one, index) => objects.findIndex((other) => content(other) === content(one)) === index,
        );
        const kept = removeDoubledObjects(objects);
        expect(kept.objects).toEqual(first);
        expect(kept.droppedIds).toEqual(objects.filter((one) => !first.includes(one)).map(({ id }) => id));
      }),
    );
  });

  test("order and repetition of segments do not matter, the label does", () => {
    const objects = [
      { id: 0, label: "chair", segments: [10, 9] },
      { id: 1, label: "chair", segments: [9, 10, 9] },
      { id: 2, label: "table", segments: [9, 10] },
    ];
    expect(removeDoubledObjects(objects)).toEqual({ objects: [objects[0], objects[2]], droppedIds: [1] });
  });
});
