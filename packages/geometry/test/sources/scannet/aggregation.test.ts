import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readAggregation, removeDoubledObjects } from "../../../src/sources/scannet/aggregation.ts";
import { MAXIMUM_LABEL_LENGTH } from "../../../src/sources/scannet/labels.ts";
import { mutatedBytes } from "../../support/mutatedBytes.ts";
import { thrownCode, thrownError } from "../../support/thrownError.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const group = (objectId: unknown, label: unknown, segments: unknown) => ({ id: objectId, objectId, segments, label });
const chair = group(0, "chair", [5, 7]);
const table = group(1, "table", [9]);

function file(groups: unknown, sceneId: unknown = "scannet.scene0000_00"): Uint8Array {
  return encode(JSON.stringify({ sceneId, appId: "Aggregator.v2", segGroups: groups, segmentsFile: "a.json" }));
}

describe("readAggregation", () => {
  test("reads objects, labels as written but for surrounding blanks", () => {
    expect(readAggregation(file([chair, group(4, " kitchen  Cabinets ", [9])]))).toEqual({
      sceneName: "scene0000_00",
      objects: [
        { id: 0, label: "chair", segments: [5, 7] },
        { id: 4, label: "kitchen  Cabinets", segments: [9] },
      ],
      warnings: [],
    });
  });

  test("takes CRLF, a byte order mark, a sceneId without prefix and no objects", () => {
    const text = `\ufeff${JSON.stringify({ sceneId: "scene0000_00", segGroups: [] }, null, 1)}`;
    const bytes = encode(text.replaceAll("\n", "\r\n"));
    expect(readAggregation(bytes)).toEqual({ sceneName: "scene0000_00", objects: [], warnings: [] });
  });

  test.each(["__proto__", "constructor", "toString"])("the label %s is a label like any other", (label) => {
    expect(readAggregation(file([group(0, label, [1])])).objects[0].label).toBe(label);
  });

  test("scene0217_00: drops the second half with one warning, whether its ids are new or repeated", () => {
    for (const ids of [
      [31, 32],
      [0, 1],
    ]) {
      const doubled = [chair, table, group(ids[0], "chair", [7, 5]), group(ids[1], "table", [9])];
      const aggregation = readAggregation(file(doubled), { file: "a.json" });
      expect(aggregation.objects.map(({ id }) => id)).toEqual([0, 1]);
      expect(aggregation.warnings).toHaveLength(1);
      expect(aggregation.warnings[0]).toContain("2 objects listed twice");
    }
  });

  test.each([
    [
      "an id shared by distinct objects",
      [chair, group(0, "table", [9])],
      "aggregation-duplicate-id",
      "segGroups, objectId",
    ],
    ["no list", {}, "aggregation-bad-shape", "segGroups"],
    ["a null group", [chair, null], "aggregation-bad-shape", "segGroups[1]"],
    ["a list as group", [[]], "aggregation-bad-shape", "segGroups[0]"],
    ["a group without id", [{ segments: [], label: "a" }], "aggregation-bad-shape", "segGroups[0].objectId"],
    ["an id as text", [group("0", "a", [1])], "aggregation-bad-shape", "segGroups[0].objectId"],
    ["a negative id", [group(-1, "a", [1])], "aggregation-bad-shape", "segGroups[0].objectId"],
    ["segments that are no list", [group(0, "a", 5)], "aggregation-bad-shape", "segGroups[0].segments"],
    ["a fraction", [chair, group(1, "a", [1, 1.5])], "aggregation-bad-shape", "segGroups[1].segments[1]"],
    ["a huge segment", [group(0, "a", [2 ** 31])], "aggregation-bad-shape", "segGroups[0].segments[0]"],
    ["a label that is a number", [group(0, 5, [1])], "aggregation-bad-shape", "segGroups[0].label"],
    ["an empty label", [group(0, "  ", [1])], "aggregation-unsafe-label", "segGroups[0].label"],
    [
      "a very long label",
      [group(0, "a".repeat(MAXIMUM_LABEL_LENGTH + 1), [1])],
      "aggregation-unsafe-label",
      "segGroups[0].label",
    ],
    ["a label that climbs", [group(0, "../../etc", [1])], "aggregation-unsafe-label", "segGroups[0].label"],
    ["an absolute label", [group(0, "C:\\a", [1])], "aggregation-unsafe-label", "segGroups[0].label"],
    ["a label with NUL", [group(0, "a\0", [1])], "aggregation-unsafe-label", "segGroups[0].label"],
    ["a label with a line end", [group(0, "a\nb", [1])], "aggregation-unsafe-label", "segGroups[0].label"],
    ["half a surrogate pair", [group(0, "\ud800", [1])], "aggregation-unsafe-label", "segGroups[0].label"],
  ])("refuses %s and says where", async (_, groups, code, place) => {
    const error = await thrownError(() => readAggregation(file(groups)));
    expect(error?.code).toBe(code);
    expect(error?.detail.place).toBe(place);
  });

  test.each([
    ["scannet.scene0000_01", "aggregation-wrong-scene"],
    ["scannet.../../etc", "aggregation-bad-shape"],
    ["../scene0000_00", "aggregation-unsafe-label"],
    ["room 7", "aggregation-bad-shape"],
    [7, "aggregation-bad-shape"],
  ])("refuses the sceneId %j", async (sceneId, code) => {
    expect(await thrownCode(() => readAggregation(file([], sceneId), { sceneName: "scene0000_00" }))).toBe(code);
  });

  test.each(["", "{", "not JSON", '{"sceneId":"scene0000_00","segGroups":[', "[".repeat(200_000)])(
    "text %#: says that it is not JSON",
    async (text) => {
      expect(await thrownCode(() => readAggregation(encode(text)))).toBe("aggregation-not-json");
    },
  );

  test("no bytes give anything but safe objects with distinct ids or a GeometryError", async () => {
    const inputs = fc.oneof(fc.uint8Array({ maxLength: 100 }), mutatedBytes(file([chair, table])));
    await fc.assert(
      fc.asyncProperty(inputs, async (bytes) => {
        const seen: number[] = [];
        await thrownCode(() => {
          for (const { id, label, segments } of readAggregation(bytes).objects) {
            seen.push(id);
            expect(label).toMatch(/^[^\p{Cc}]{1,256}$/u);
            expect([id, ...segments].every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
          }
        });
        expect(new Set(seen).size).toBe(seen.length);
      }),
      { numRuns: 1000 },
    );
  });
});

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
