import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { withFolder } from "@vsi/testing/folders";
import { readScan, readSurface } from "../../src/node/readScan.ts";
import { plyBytes, scanNetPly } from "../support/plyBytes.ts";
import { thrownError } from "../support/thrownError.ts";

const scanId = "scene0000_00";

const names = {
  mesh: `${scanId}_vh_clean_2.ply`,
  segments: `${scanId}_vh_clean_2.0.010000.segs.json`,
  aggregation: `${scanId}.aggregation.json`,
  highResolution: `${scanId}_vh_clean.aggregation.json`,
  info: `${scanId}.txt`,
};

/** Two boxes of eight corners, 1 m and 2 m wide, 5 m apart, each one segment and one object. */
const corners = (start: number, width: number) =>
  [0, 1, 2, 3, 4, 5, 6, 7].flatMap((bits) => [
    start + (bits & 1) * width,
    ((bits >> 1) & 1) * width,
    ((bits >> 2) & 1) * width,
  ]);

const groups = [
  { objectId: 0, label: "chair", segments: [3] },
  { objectId: 1, label: "table", segments: [8] },
];

const aggregation = (segGroups: unknown = groups, sceneId = `scannet.${scanId}`) =>
  JSON.stringify({ sceneId, segGroups, segmentsFile: "scannet.another.segs.json" });

const goodFiles: Record<string, string | Uint8Array> = {
  [names.mesh]: scanNetPly([...corners(0, 1), ...corners(6, 2)], [[0, 1, 2]]),
  [names.segments]: JSON.stringify({ sceneId: scanId, segIndices: [...Array(8).fill(3), ...Array(8).fill(8)] }),
  [names.aggregation]: aggregation(),
  [names.info]: "axisAlignment = 0 -1 0 0 1 0 0 0 0 0 1 0.5 0 0 0 1 \r\ncolorWidth = 1296\r\n",
};

const without = (name: string) => Object.fromEntries(Object.entries(goodFiles).filter(([key]) => key !== name));

async function read(files: Record<string, string | Uint8Array>, isTestFolder = false) {
  const placed = Object.fromEntries(Object.entries(files).map(([name, content]) => [`${scanId}/${name}`, content]));
  return withFolder({ keep: "", ...placed }, (root) =>
    readScan({ scanId, path: join(root, scanId), isTestFolder }, { labelRules: new Map() }),
  );
}

describe("readScan", () => {
  test("turns the four files into facts in the aligned frame", async () => {
    const { facts, warnings } = await read(goodFiles);
    expect(warnings).toEqual([]);
    expect(facts).toMatchObject({ dataset: "scannet", scene_name: scanId });
    expect(facts.objects.map(({ label, points, centroid }) => ({ label, points, centroid }))).toEqual([
      { label: "chair", points: 8, centroid: [-0.5, 0.5, 1] },
      { label: "table", points: 8, centroid: [-1, 7, 1.5] },
    ]);
  });

  test("a mesh saved as text was refused as an unknown option", async () => {
    const coordinates = ["x", "y", "z"].map((name) => `property float ${name}`);
    const corner = Array.from({ length: 16 }, (_, index) =>
      [...corners(0, 1), ...corners(6, 2)].slice(3 * index, 3 * index + 3),
    );
    const text = ["ply", "format ascii 1.0", "element vertex 16", ...coordinates, "end_header"];
    const mesh = `${[...text, ...corner.map((point) => point.join(" "))].join("\n")}\n`;
    const { facts } = await read({ ...goodFiles, [names.mesh]: mesh });
    expect(facts.objects).toEqual((await read(goodFiles)).facts.objects);
  });

  test("without a .txt the scan counts as aligned, with a warning", async () => {
    const { facts, warnings } = await read(without(names.info));
    expect(facts.objects[0].centroid).toEqual([0.5, 0.5, 0.5]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`${scanId}/${names.info}: missing`);
  });

  test("takes the low-resolution aggregation under the high-resolution one's name", async () => {
    const { facts } = await read({ ...without(names.aggregation), [names.highResolution]: aggregation() });
    expect(facts.objects).toHaveLength(2);
  });

  test("repairs an aggregation that lists every object twice, with a warning", async () => {
    const doubled = [...groups, ...groups.map((group) => ({ ...group, objectId: group.objectId + 31 }))];
    const { facts, warnings } = await read({ ...goodFiles, [names.aggregation]: aggregation(doubled) });
    expect(facts.objects.map(({ id }) => id)).toEqual([0, 1]);
    expect(warnings).toHaveLength(1);
  });

  const unresolved = aggregation([{ objectId: 0, label: "chair", segments: [4] }]);
  test.each([
    ["no mesh", without(names.mesh), "mesh-missing", names.mesh],
    ["no segments", without(names.segments), "segments-missing", names.segments],
    ["no aggregation", without(names.aggregation), "aggregation-missing", names.aggregation],
    ["an empty mesh", { ...goodFiles, [names.mesh]: "" }, "file-empty", names.mesh],
    ["empty segments", { ...goodFiles, [names.segments]: "" }, "file-empty", names.segments],
    ["an empty .txt", { ...goodFiles, [names.info]: "" }, "file-empty", names.info],
    [
      "only a high-resolution aggregation",
      { ...without(names.aggregation), [names.highResolution]: unresolved },
      "aggregation-only-high-resolution",
      names.highResolution,
    ],
    [
      "segments that do not exist",
      { ...goodFiles, [names.aggregation]: unresolved },
      "segment-missing",
      names.aggregation,
    ],
    [
      "another scan's aggregation",
      { ...goodFiles, [names.aggregation]: aggregation(groups, "scannet.scene0000_01") },
      "aggregation-wrong-scene",
      names.aggregation,
    ],
    [
      "another scan's segments",
      { ...goodFiles, [names.segments]: '{"sceneId":"scene0001_00","segIndices":[]}' },
      "segs-wrong-scene",
      names.segments,
    ],
    [
      "too few segment ids",
      { ...goodFiles, [names.segments]: '{"segIndices":[3]}' },
      "segs-count-mismatch",
      names.segments,
    ],
    [
      "15 numbers",
      { ...goodFiles, [names.info]: `axisAlignment =${" 1".repeat(15)}` },
      "scan-info-bad-alignment",
      names.info,
    ],
  ])("%s: one error that names the file below the scans folder", async (_, files, code, name) => {
    const error = await thrownError(() => read(files));
    expect(error?.code).toBe(code);
    expect(error?.detail.file).toBe(`${scanId}/${name}`);
    expect(error?.message).not.toContain("\n");
  });

  test("says of a test scan that it has no annotation", async () => {
    const error = await thrownError(() => read(without(names.aggregation), true));
    expect(error?.detail.advice).toContain("no annotation");
  });
});

describe("readSurface", () => {
  const surfaceOf = (files: Record<string, string | Uint8Array>) =>
    withFolder(
      Object.fromEntries(Object.entries(files).map(([name, content]) => [`${scanId}/${name}`, content])),
      (root) => readSurface({ scanId, path: join(root, scanId), isTestFolder: false }),
    );

  /** The mesh with a colour of its own for each vertex: red is its number, green 100 more, blue 200 more. */
  const painted = (): Uint8Array => {
    const bytes = (goodFiles[names.mesh] as Uint8Array).slice();
    const start = new TextDecoder("latin1").decode(bytes).indexOf("end_header\n") + "end_header\n".length;
    for (let vertex = 0; vertex < 16; vertex += 1)
      bytes.set([vertex, vertex + 100, vertex + 200], start + 16 * vertex + 12);
    return bytes;
  };

  test("gives vertices in the frame of the facts, with triangles, colours and objects", async () => {
    const { positions, triangles, objects, colors } = await surfaceOf({ ...goodFiles, [names.mesh]: painted() });
    // A quarter turn, and half a metre up.
    const turned = [...corners(0, 1), ...corners(6, 2)].map((_, index, all) => {
      const [x, y, z] = all.slice(index - (index % 3), index - (index % 3) + 3);
      return [-y, x, z + 0.5][index % 3];
    });
    expect([...positions].map((value) => value + 0)).toEqual(turned.map((value) => value + 0));
    expect([...triangles]).toEqual([0, 1, 2]);
    expect([...objects]).toEqual([...Array(8).fill(0), ...Array(8).fill(1)]);
    expect([...(colors ?? [])]).toEqual(Array.from({ length: 16 }, (_, v) => [v, v + 100, v + 200]).flat());
  });

  test("vertices of no object are -1", async () => {
    const { objects } = await surfaceOf({ ...goodFiles, [names.aggregation]: aggregation([groups[1]]) });
    expect([...objects]).toEqual([...Array(8).fill(-1), ...Array(8).fill(1)]);
  });

  test("a mesh without colours has none", async () => {
    const header = [
      "format binary_little_endian 1.0",
      "element vertex 16",
      ...["x", "y", "z"].map((name) => `property float ${name}`),
      "element face 1",
      "property list uchar int vertex_indices",
    ];
    const points = new Uint8Array(Float32Array.from([...corners(0, 1), ...corners(6, 2)]).buffer);
    const face = new Uint8Array([3, ...new Uint8Array(Int32Array.of(0, 1, 2).buffer)]);
    const { colors, triangles } = await surfaceOf({
      ...goodFiles,
      [names.mesh]: plyBytes(header, Uint8Array.from([...points, ...face])),
    });
    expect(colors).toBeNull();
    expect([...triangles]).toEqual([0, 1, 2]);
  });

  test.each([
    [names.mesh, "mesh-missing"],
    [names.segments, "segments-missing"],
    [names.aggregation, "aggregation-missing"],
  ])("names a missing %s", async (name, code) => {
    expect((await thrownError(() => surfaceOf({ keep: "", ...without(name) })))?.code).toBe(code);
  });
});

test.each([["scans/scene0000_00"], [undefined], [{ path: "scans/scene0000_00" }]])(
  "readScan(%j): says what a scan's folder is (was: a raw TypeError)",
  async (folder) => {
    const error = await thrownError(() => readScan(folder as never));
    expect(error?.code).toBe("scan-folder-shape");
    expect(error?.detail.advice).toContain("findScans(");
  },
);
