import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { GeometryError } from "../../src/errors.ts";
import { readInstanceTable, roomInstances } from "../../src/sources/ownRoom.ts";
import { thrownError } from "../support/thrownError.ts";

const FILES = { mesh: "office/office.ply", table: "office/instances.csv" };

function instances(properties: Record<string, number[]>, table: string | null, file = "instances.csv") {
  const columns = new Map(Object.entries(properties).map(([name, values]) => [name, Float64Array.from(values)]));
  const read = table === null ? null : readInstanceTable(new TextEncoder().encode(table), file);
  return roomInstances({ sceneName: "office", vertexCount: 6, properties: columns, table: read, files: FILES });
}

const objectsOf = ({ aggregation }: ReturnType<typeof roomInstances>) =>
  aggregation.objects.map(({ id, label }) => [id, label]);

describe("roomInstances", () => {
  const instance = [0, 0, 3, 3, -1, 5];

  test.each(["instance", "instance_id", "instanceId", "objectId", "object_id"])(
    "the mesh's %s says whose a vertex is, the table what it is called",
    (name) => {
      const room = instances({ [name]: instance }, "instance,label\n3,chair\n0,office chair\n");
      expect([...room.segmentIds]).toEqual(instance);
      expect(objectsOf(room)).toEqual([
        [0, "office chair"],
        [3, "chair"],
      ]);
      expect(room.aggregation.warnings).toEqual([
        "office/instances.csv: 1 of the mesh's instances have no label, such as 5: left out.",
      ]);
    },
  );

  test("without a table the label is NYU's class of most of an instance's vertices; 0 is nothing", () => {
    const room = instances({ instance, label: [5, 5, 7, 4, 1, 0] }, null);
    // Of two classes with one vertex each the lower number.
    expect(objectsOf(room)).toEqual([
      [0, "chair"],
      [3, "bed"],
    ]);
  });

  test("ScanNet's .labels.ply alone tells no chair from the other: with a table of its numbers it does", async () => {
    const label = [1, 1, 2, 2, 0, 0];
    const error = await thrownError(() => instances({ label }, null));
    expect(error?.code).toBe("own-room-no-instances");
    expect(error?.detail.got).toContain("tells classes apart");
    expect(objectsOf(instances({ label }, "label,instance\nchair,1\ntable,2\n"))).toEqual([
      [1, "chair"],
      [2, "table"],
    ]);
  });

  test("a table of vertices needs nothing of the mesh; a vertex that it leaves out belongs to nothing", () => {
    const csv = "vertex,instance,label\n0,2,chair\n5,2,chair\n3,4,table\n1,-1,\n";
    const room = instances({}, csv);
    expect([...room.segmentIds]).toEqual([2, -1, -1, 4, -1, 2]);
    expect(objectsOf(room)).toEqual([
      [2, "chair"],
      [4, "table"],
    ]);
    const json = instances({}, '{"labels": {"2": "chair"}, "instances": [2, 2, -1, 9, 9, 2]}', "instances.json");
    expect([...json.segmentIds]).toEqual([2, 2, -1, 9, 9, 2]);
    expect(objectsOf(json)).toEqual([[2, "chair"]]);
  });

  test("quoted cells, tabs, CRLF and a byte order mark are read", () => {
    const csv = '\uFEFF"label",instance\r\n"lamp, tall",3\r\n"a ""b""",0\r\n';
    expect(objectsOf(instances({ instance }, csv))).toEqual([
      [0, 'a "b"'],
      [3, "lamp, tall"],
    ]);
    expect(objectsOf(instances({ instance }, "Instance, Label\n3,lamp\n"))).toEqual([[3, "lamp"]]);
    expect(objectsOf(instances({ instance }, "instance\tlabel\n3\tlamp, tall\n", "x.tsv"))).toEqual([
      [3, "lamp, tall"],
    ]);
  });

  test("a label of an instance without vertices is left out, with a warning", () => {
    const { aggregation } = instances({ instance: [1, 1, 1, 1, 1, 1] }, "instance,label\n1,bed\n8,lamp\n");
    expect(aggregation.objects).toEqual([{ id: 1, label: "bed", segments: [1] }]);
    expect(aggregation.warnings).toEqual([
      "office/instances.csv: 1 of the labelled instances have no vertices, such as 8: left out.",
    ]);
  });

  test.each<[string, Record<string, number[]>, string | null, string, string]>([
    ["nothing at all", {}, null, "own-room-no-instances", "header, element vertex"],
    ["instances without labels", { instance }, null, "own-room-no-labels", "header, element vertex"],
    [
      "a class that NYU does not have",
      { instance, label: [41, 41, 1, 1, 1, 1] },
      null,
      "own-room-no-labels",
      "instance 0, label",
    ],
    ["half an instance", { instance: [0, 0.5, 1, 1, 1, 1] }, null, "own-room-bad-instance", "vertex 1, instance"],
    ["NaN", { instance: [0, 0, 1, Number.NaN, 1, 1] }, null, "own-room-bad-instance", "vertex 3, instance"],
    ["labels of other instances", { instance }, "instance,label\n77,bed\n", "own-room-no-labels", "file"],
    ["a vertex past the mesh", {}, "vertex,instance,label\n6,1,bed\n", "own-room-bad-instance", "vertex 6"],
    ["a vertex twice", {}, "vertex,instance,label\n1,1,bed\n1,1,bed\n", "own-room-bad-table", "line 3, vertex"],
    ["other columns", { instance }, "id,name\n1,bed\n", "own-room-bad-table", "line 1"],
    ["an instance in words", { instance }, "instance,label\none,bed\n", "own-room-bad-table", "line 2, instance"],
    [
      "two labels of one instance",
      { instance },
      "instance,label\n3,bed\n3,sofa\n",
      "own-room-bad-table",
      "line 3, label",
    ],
    ["no label", { instance }, "instance,label\n3,\n", "own-room-bad-table", "line 2, label"],
    ["a label that is a path", { instance }, "instance,label\n3,../../bed\n", "own-room-bad-table", "line 2, label"],
  ])("%s is refused with its place", async (_, properties, table, code, place) => {
    const error = await thrownError(() => instances(properties, table));
    expect([error?.code, error?.detail.place]).toEqual([code, place]);
  });

  test.each([
    "{",
    "[]",
    '{"labels": []}',
    '{"labels": {"a": "bed"}}',
    '{"labels": {"1": "bed"}, "instances": [1.5]}',
    '{"labels": {"1": 2}}',
  ])("%s is no table", async (json) => {
    expect((await thrownError(() => instances({}, json, "instances.json")))?.code).toBe("own-room-bad-table");
  });

  test("whatever a table says, it is read or refused with a GeometryError", () => {
    const cell = fc.constantFrom(
      "1",
      "-1",
      "chair",
      '"a',
      '""',
      "",
      "2.5",
      "9999999999",
      "../x",
      "instance",
      "label",
      "vertex",
    );
    const table = fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(table, fc.boolean(), (rows, hasHead) => {
        const text = [...(hasHead ? ["vertex,instance,label"] : []), ...rows.map((row) => row.join(","))].join("\n");
        try {
          const { aggregation, segmentIds } = instances({}, text);
          for (const { id } of aggregation.objects) expect(segmentIds).toContain(id);
        } catch (error) {
          if (!(error instanceof GeometryError)) throw error;
        }
      }),
    );
  });
});
