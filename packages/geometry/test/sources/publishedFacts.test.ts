import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { GeometryError } from "../../src/errors.ts";
import { readMetaInfoBox, readMetaInfoScene } from "../../src/sources/published/metaInfoScene.ts";
import { LARGEST_COORDINATE, metaInfoFail, readMetaInfoNumbers } from "../../src/sources/published/values.ts";
import { factsFromMetaInfo } from "../../src/sources/publishedFacts.ts";
import { metaInfoBox, metaInfoFile } from "../support/metaInfoFile.ts";
import { mutatedJson } from "../support/mutatedJson.ts";
import { thrownCode, thrownError } from "../support/thrownError.ts";

/** Every number in a value, wherever it stands. */
function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe("factsFromMetaInfo", () => {
  test("orders scenes by name, whatever the file's order", () => {
    const scene = metaInfoFile().scene0001_00;
    const names = ["b", "B", "41069021", "a10", "a9"];
    const facts = factsFromMetaInfo(Object.fromEntries(names.map((name) => [name, scene])));
    expect(facts.map((scene) => scene.scene_name)).toEqual(["41069021", "B", "a10", "a9", "b"]);
  });

  test("takes the dataset from each scene", () => {
    const { scene0001_00 } = metaInfoFile();
    const json = { a: scene0001_00, b: { ...scene0001_00, dataset: "arkitscenes" } };
    expect(factsFromMetaInfo(json).map((scene) => scene.dataset)).toEqual(["scannet", "arkitscenes"]);
  });

  test("a list's scenes are named by one of four fields, numbers of ARKitScenes too; without a name it is said which", async () => {
    const { scene0001_00 } = metaInfoFile();
    const list = [
      { ...scene0001_00, scene_name: "a" },
      { ...scene0001_00, video_id: 41069025 },
    ];
    expect(factsFromMetaInfo(list).map((scene) => scene.scene_name)).toEqual(["41069025", "a"]);
    const error = await thrownError(() => factsFromMetaInfo([{ ...scene0001_00, clip: "a" }]));
    expect(error?.message).toMatch(
      /\[0\]\.scene_id: got nothing among the fields .*"clip", .*scene_name, scene, video_id/,
    );
  });

  test("of a single scene the error names its fields", async () => {
    const error = await thrownError(() => factsFromMetaInfo(metaInfoFile().scene0001_00));
    expect(error?.detail).toMatchObject({ place: "top level, scenes", got: expect.stringContaining('"room_size"') });
  });

  test("throws the first bad scene by name, with the file, when nobody asks for bad scenes", async () => {
    const file = metaInfoFile();
    file.scene0002_00.room_size = 0;
    file.scene0001_00.room_size = -1;
    const error = await thrownError(() => factsFromMetaInfo(file, { file: "facts.json" }));
    expect(error?.message).toMatch(/^facts\.json: scene0001_00\.room_size: got -1, expected/);
  });

  test("reports bad scenes to who asks, and goes on without them", () => {
    const file = { ...metaInfoFile(), "../etc": metaInfoFile().scene0001_00, scene0003_00: { room_size: 3 } };
    file.scene0002_00.object_bbox.table = [];
    const reported: string[][] = [];
    const facts = factsFromMetaInfo(file, { onBadScene: (name, error) => reported.push([name, error.code]) });
    expect(facts.map((scene) => scene.scene_name)).toEqual(["scene0001_00"]);
    expect(reported).toEqual([
      ["../etc", "meta-info-unsafe-name"],
      ["scene0002_00", "meta-info-empty-category"],
      ["scene0003_00", "meta-info-bad-shape"],
    ]);
  });

  test.each<[string, unknown]>([
    ["a list", [metaInfoFile()]],
    ["null", null],
    ["nothing", undefined],
    ["text", "{}"],
    ["an object without scenes", {}],
    ["another program's settings", { name: "vsi", scripts: { test: "jest" } }],
    ["one scene alone", metaInfoFile().scene0002_00],
  ])("%s is no such file, even for who takes bad scenes", async (_, json) => {
    expect(await thrownCode(() => factsFromMetaInfo(json, { onBadScene: () => {} }))).toBe("meta-info-bad-shape");
  });

  test("facts go through JSON unchanged", () => {
    const file = metaInfoFile();
    file.scene0002_00.object_bbox.chair = [metaInfoBox([-0, 0, 0.1 + 0.2])];
    const facts = factsFromMetaInfo(file);
    expect(JSON.parse(JSON.stringify(facts))).toStrictEqual(facts);
  });

  test("of a damaged file come good facts or a GeometryError, never a number that is none", () => {
    let refused = 0;
    let taken = 0;
    fc.assert(
      fc.property(mutatedJson(metaInfoFile()), (json) => {
        try {
          const facts = factsFromMetaInfo(json, { onBadScene: () => refused++ });
          taken += facts.length;
          expect(numbersIn(facts).every(Number.isFinite)).toBe(true);
          expect(JSON.parse(JSON.stringify(facts))).toStrictEqual(facts);
          for (const { objects, counts } of facts) {
            expect(new Set(objects.map((object) => object.category))).toEqual(new Set(Object.keys(counts!)));
          }
        } catch (error) {
          if (!(error instanceof GeometryError)) throw error;
          refused += 1;
        }
      }),
      { numRuns: 3000, seed: 3 },
    );
    // The mutations reach both ways out, so that the test says something.
    expect(Math.min(refused, taken)).toBeGreaterThan(500);
  });
});

test("names file, place, what stands there, what should, and the way out, on one line", () => {
  const error = metaInfoFail("facts.json")("meta-info-bad-room", "scene0001_00.room_size", Number.NaN, "square metres");
  expect(error.code).toBe("meta-info-bad-room");
  expect(error.message).toMatch(
    /^facts\.json: scene0001_00\.room_size: got NaN, expected square metres\. .*download it again\.$/,
  );
});

describe("readMetaInfoBox", () => {
  const read = (change: object) =>
    readMetaInfoBox({ ...metaInfoBox([1, 2, 3]), ...change }, "box", metaInfoFail("file"));

  test("rows of normalizedAxes are the axes", () => {
    expect(read({})).toEqual({
      box: {
        center: [1, 2, 3],
        size: [0.5, 1, 0.25],
        axes: [
          [0.6, 0.8, 0],
          [-0.8, 0.6, 0],
          [0, 0, 1],
        ],
      },
      aabb: { min: [0.4, 1.4, 2.4], max: [1.6, 2.6, 3.6] },
    });
  });

  test("a left-handed frame is a frame", () => {
    expect(read({ normalizedAxes: [0, 1, 0, 1, 0, 0, 0, 0, 1] }).box.axes[0]).toEqual([0, 1, 0]);
  });

  test("axes that went through float32 are taken", () => {
    const normalizedAxes = Array.from(Float32Array.of(0.6, 0.8, 0, -0.8, 0.6, 0, 0, 0, 1));
    expect(read({ normalizedAxes }).box.axes[0][0]).toBe(0.6000000238418579);
  });

  test.each<[string, object, string]>([
    ["a length of 0", { axesLengths: [0.5, 0, 0.25] }, "box.axesLengths[1]"],
    ["a length of 1e-6", { axesLengths: [0.5, 1, 1e-6] }, "box.axesLengths[2]"],
    ["a negative length", { axesLengths: [-0.5, 1, 1] }, "box.axesLengths[0]"],
    ["an infinite length", { axesLengths: [0.5, Infinity, 1] }, "box.axesLengths[1]"],
    ["a centroid of NaN", { centroid: [1, 2, Number.NaN] }, "box.centroid[2]"],
    ["no max", { max: undefined }, "box.max"],
    ["min over max", { min: [0, 2.7, 0] }, "box.min[1]"],
    ["axes of length 0", { normalizedAxes: new Array(9).fill(0) }, "box.normalizedAxes"],
    ["axes a millionth too long", { normalizedAxes: [1.000001, 0, 0, 0, 1, 0, 0, 0, 1] }, "box.normalizedAxes"],
    ["two axes of one direction", { normalizedAxes: [1, 0, 0, 1, 0, 0, 0, 0, 1] }, "box.normalizedAxes"],
    ["skew axes", { normalizedAxes: [1, 0, 0, 0, 1, 0, 0, 0.6, 0.8] }, "box.normalizedAxes"],
    ["eight axes' components", { normalizedAxes: [1, 0, 0, 0, 1, 0, 0, 0] }, "box.normalizedAxes"],
  ])("%s is a degenerate box", async (_, change, place) => {
    const error = await thrownError(() => read(change));
    expect([error?.code, error?.detail.place]).toEqual(["meta-info-degenerate-box", place]);
  });

  test.each([null, [], "box", 1])("%j is no box", async (value) => {
    const error = await thrownError(() => readMetaInfoBox(value, "box", metaInfoFail("file")));
    expect([error?.code, error?.detail.place]).toEqual(["meta-info-bad-shape", "box"]);
  });
});

describe("readMetaInfoNumbers", () => {
  const read = (value: unknown) => readMetaInfoNumbers(value, 3, "some-code", "here", metaInfoFail("file"));

  test("numbers come as they are, -0 as 0", () => {
    expect(read([0.1 + 0.2, -LARGEST_COORDINATE, -0])).toStrictEqual([0.30000000000000004, -LARGEST_COORDINATE, 0]);
  });

  test.each<[string, unknown, string]>([
    ["no list", undefined, "here"],
    ["a list of two", [1, 2], "here"],
    ["a list of four", [1, 2, 3, 4], "here"],
    ["text", [1, "2", 3], "here[1]"],
    ["null, as JSON writes NaN", [1, 2, null], "here[2]"],
    ["NaN", [Number.NaN, 2, 3], "here[0]"],
    ["1e999, which JSON reads as Infinity", [1, JSON.parse("1e999"), 3], "here[1]"],
    ["more than ten thousand kilometres", [1, 2, 1.1e7], "here[2]"],
    ["a hole", Object.assign(new Array(3), { 0: 1, 2: 3 }), "here[1]"],
  ])("%s is refused with its place", async (_, value, place) => {
    const error = await thrownError(() => read(value));
    expect([error?.code, error?.detail.place]).toEqual(["some-code", place]);
  });
});

describe("readMetaInfoScene", () => {
  const good = metaInfoFile().scene0002_00;
  const read = (change: object, name = "scene0002_00") =>
    readMetaInfoScene(name, { ...good, ...change }, metaInfoFail("file"));

  /** The record of one field, whatever its name: as a literal "__proto__" would set the prototype. */
  const only = (key: string, value: unknown) => Object.fromEntries([[key, value]]);

  test("keeps every number as published", () => {
    const facts = read({});
    expect(facts.room).toEqual({ area_m2: 20.123456789012344, center: [0.1, 0.2, 1.3], outline: null, walkable: null });
    expect(facts.objects.map(({ id, label, category }) => [id, label, category])).toEqual([
      [0, "chair", "chair"],
      [1, "chair", "chair"],
      [2, "table", "table"],
    ]);
    const { excluded, points, centroid, box, aabb } = facts.objects[1];
    expect([excluded, points, centroid, box.center]).toEqual([null, null, [2, 0, 0.5], [2, 0, 0.5]]);
    expect(aabb).toEqual({ min: [1.4, -0.6, -0.09999999999999998], max: [2.6, 0.6, 1.1] });
    expect(facts.counts).toEqual({ chair: 2, table: 1 });
    expect([facts.surface_distances, facts.camera]).toEqual([null, null]);
  });

  test("a box that stands twice is one object, the count stays as published", () => {
    const [first, second] = [metaInfoBox([1, 0, 0.5]), metaInfoBox([2, 0, 0.5])];
    const facts = read({ object_bbox: { chair: [first, second, first, second] }, object_counts: { chair: 3 } });
    expect(facts.objects.map(({ id, centroid }) => [id, centroid[0]])).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(facts.counts).toEqual({ chair: 3 });
  });

  test("boxes that differ in the last digit are two, and so are equal boxes of two categories", () => {
    const almost = metaInfoBox([1 + Number.EPSILON, 0, 0.5]);
    const bboxes = { chair: [metaInfoBox([1, 0, 0.5]), almost], sofa: [metaInfoBox([1, 0, 0.5])] };
    expect(read({ object_bbox: bboxes, object_counts: { chair: 2, sofa: 1 } }).objects).toHaveLength(3);
  });

  test.each(["__proto__", "constructor"])("the category %s is one like any other", (category) => {
    const facts = read({
      object_bbox: only(category, [metaInfoBox([1, 0, 0.5])]),
      object_counts: only(category, 4),
    });
    expect(facts.objects.map((object) => object.category)).toEqual([category]);
    expect(Object.entries(facts.counts!)).toEqual([[category, 4]]);
    expect(Object.getPrototypeOf(facts.counts)).toBe(Object.prototype);
  });

  test.each<[string, object, string, string]>([
    ["no boxes", { object_bbox: undefined }, "meta-info-bad-shape", "scene0002_00.object_bbox"],
    ["a list of boxes", { object_bbox: [] }, "meta-info-bad-shape", "scene0002_00.object_bbox"],
    [
      "a category that is no list",
      { object_bbox: { chair: {} } },
      "meta-info-bad-shape",
      'scene0002_00.object_bbox["chair"]',
    ],
    [
      "a category without boxes",
      { object_bbox: { chair: [] } },
      "meta-info-empty-category",
      'scene0002_00.object_bbox["chair"]',
    ],
    [
      "a bad box",
      { object_bbox: { chair: [metaInfoBox([0, 0, 0]), { ...metaInfoBox([0, 0, 0]), axesLengths: [1, 1e-6, 1] }] } },
      "meta-info-degenerate-box",
      'scene0002_00.object_bbox["chair"][1].axesLengths[1]',
    ],
    [
      "a category that leaves the folder",
      { object_bbox: { "../a": [] } },
      "meta-info-unsafe-name",
      "scene0002_00.object_bbox, category",
    ],
    [
      "a category with a blank around",
      { object_bbox: { "chair ": [] } },
      "meta-info-unsafe-name",
      "scene0002_00.object_bbox, category",
    ],
    ["no counts", { object_counts: undefined }, "meta-info-bad-shape", "scene0002_00.object_counts"],
    [
      "a count of 0",
      { object_counts: { chair: 0, table: 1 } },
      "meta-info-bad-count",
      'scene0002_00.object_counts["chair"]',
    ],
    [
      "half a table",
      { object_counts: { chair: 2, table: 0.5 } },
      "meta-info-bad-count",
      'scene0002_00.object_counts["table"]',
    ],
    [
      "a count in text",
      { object_counts: { chair: "2", table: 1 } },
      "meta-info-bad-count",
      'scene0002_00.object_counts["chair"]',
    ],
    [
      "boxes without a count",
      { object_counts: { chair: 2 } },
      "meta-info-bad-count",
      'scene0002_00.object_counts["table"]',
    ],
    [
      "a count without boxes",
      { object_counts: { chair: 2, table: 1, bed: 1 } },
      "meta-info-bad-count",
      'scene0002_00.object_counts["bed"]',
    ],
    [
      "a count that only the prototype has",
      { object_bbox: { constructor: [metaInfoBox([0, 0, 0])] }, object_counts: {} },
      "meta-info-bad-count",
      'scene0002_00.object_counts["constructor"]',
    ],
    ["a room of size 0", { room_size: 0 }, "meta-info-bad-room", "scene0002_00.room_size"],
    ["a negative room", { room_size: -3 }, "meta-info-bad-room", "scene0002_00.room_size"],
    ["a room of NaN", { room_size: Number.NaN }, "meta-info-bad-room", "scene0002_00.room_size"],
    ["a room of infinity", { room_size: Infinity }, "meta-info-bad-room", "scene0002_00.room_size"],
    ["no room", { room_size: undefined }, "meta-info-bad-room", "scene0002_00.room_size"],
    ["a center of two numbers", { room_center: [1, 2] }, "meta-info-bad-room", "scene0002_00.room_center"],
    ["a center of null", { room_center: [1, null, 2] }, "meta-info-bad-room", "scene0002_00.room_center[1]"],
    ["no dataset", { dataset: undefined }, "meta-info-bad-shape", "scene0002_00.dataset"],
    ["a dataset that is a path", { dataset: "../scannet" }, "meta-info-unsafe-name", "scene0002_00.dataset"],
  ])("%s is refused with its place", async (_, change, code, place) => {
    const error = await thrownError(() => read(change));
    expect([error?.code, error?.detail.place]).toEqual([code, place]);
  });

  test.each(["", "__proto__", "../a", "a/b", "-a", "a b", "a\n", "x".repeat(65)])(
    "a scene cannot be called %j",
    async (name) => {
      const error = await thrownError(() => read({}, name));
      expect([error?.code, error?.detail.place]).toEqual(["meta-info-unsafe-name", "top level, scene name"]);
    },
  );

  test.each(["scene0002_00", "41069021", "0d2ee665be", "x".repeat(64)])("a scene can be called %s", (name) => {
    expect(read({}, name).scene_name).toBe(name);
  });

  test.each([null, [], 1, "scene"])("%j is no scene", async (entry) => {
    const error = await thrownError(() => readMetaInfoScene("scene0002_00", entry, metaInfoFail("file")));
    expect([error?.code, error?.detail.place]).toEqual(["meta-info-bad-shape", "scene0002_00"]);
  });
});
