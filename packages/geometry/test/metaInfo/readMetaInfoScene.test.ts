import { describe, expect, test } from "@jest/globals";
import { metaInfoFail } from "../../src/metaInfo/metaInfoError.ts";
import { readMetaInfoScene } from "../../src/metaInfo/readMetaInfoScene.ts";
import { thrownError } from "../thrownError.ts";
import { metaInfoBox, metaInfoFile } from "./metaInfoFile.ts";

const good = metaInfoFile().scene0002_00;
const read = (change: object, name = "scene0002_00") =>
  readMetaInfoScene(name, { ...good, ...change }, metaInfoFail("file"));

/** The record of one field, whatever its name: as a literal "__proto__" would set the prototype. */
const only = (key: string, value: unknown) => Object.fromEntries([[key, value]]);

describe("readMetaInfoScene", () => {
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
