import { describe, expect, test } from "@jest/globals";
import type { SceneFacts } from "@vsi/dataset";
import { validateScene } from "@vsi/dataset/validate";
import fc from "fast-check";
import { GeometryError } from "../../../src/errors.ts";
import { factsFromMetaInfo } from "../../../src/sources/publishedFacts.ts";
import { mutatedJson } from "../../support/mutatedJson.ts";
import { thrownError } from "../../support/thrownError.ts";

/** A scene in ReVSI's form, of our own making: a bed turned by the angle of the triangle 3, 4, 5. */
function entry(change: object = {}) {
  return {
    dataset: "scannet",
    scene_id: "scene0001_00",
    objects: [
      {
        id: 7,
        name: "bed",
        obb: {
          center: [1, 2, 0.25],
          extent: [2, 1, 0.5],
          rotation: [
            [0.6, -0.8, 0],
            [0.8, 0.6, 0],
            [0, 0, 1],
          ],
        },
      },
    ],
    // An L of 3 x 3 m without a corner of 1 x 1 m, clockwise, closed.
    scene_area_2d_polygon: [
      [0, 0],
      [0, 3],
      [2, 3],
      [2, 2],
      [3, 2],
      [3, 0],
      [0, 0],
    ],
    scene_area_type: "all_room",
    ...change,
  };
}

const read = (change: object = {}): SceneFacts => factsFromMetaInfo([entry(change)])[0]!;

describe("ReVSI's 3d_annotation.json", () => {
  test("the columns of rotation are the axes", () => {
    const { objects } = read();
    expect(objects[0]).toMatchObject({
      id: 7,
      label: "bed",
      category: "bed",
      centroid: [1, 2, 0.25],
      box: {
        size: [2, 1, 0.5],
        axes: [
          [0.6, 0.8, 0],
          [-0.8, 0.6, 0],
          [0, 0, 1],
        ],
      },
    });
    // Half of 2 m along (0.6, 0.8) and of 1 m along (-0.8, 0.6).
    expect(objects[0]!.aabb.min).toEqual([1 - 1, 2 - 1.1, 0].map((value) => expect.closeTo(value, 12)));
    expect(objects[0]!.aabb.max).toEqual([1 + 1, 2 + 1.1, 0.5].map((value) => expect.closeTo(value, 12)));
  });

  test("the room is the polygon: its area, and its outline counter-clockwise without the repeated corner", () => {
    const { room } = read();
    expect(room).toEqual({
      area_m2: 8,
      center: [1.5, 1.5, 0.25],
      outline: [
        [
          [3, 0],
          [3, 2],
          [2, 2],
          [2, 3],
          [0, 3],
          [0, 0],
        ],
      ],
      walkable: null,
    });
  });

  test("a main room is marked as such, and nothing is said of a room without polygon or type", () => {
    expect(read({ scene_area_type: "main_room" }).room.rooms).toBe("main");
    expect(read().room).not.toHaveProperty("rooms");
    for (const change of [{ scene_area_type: undefined }, { scene_area_2d_polygon: null }]) {
      expect(read(change).room).toEqual({
        area_m2: 0,
        center: [1, 2, 0.25].map((value) => expect.closeTo(value, 12)),
        outline: null,
        walkable: null,
      });
    }
    expect(read({ objects: [], scene_area_type: null }).room.center).toEqual([0, 0, 0]);
  });

  test("the facts are valid scenes", () => {
    validateScene(read(), { file: "scene.json" });
    validateScene(read({ scene_area_type: "main_room" }), { file: "scene.json" });
  });

  const [bed] = entry().objects;
  test.each<[string, object, string, string]>([
    ["no id", { objects: [{ ...bed, id: undefined }] }, "meta-info-bad-shape", "scene0001_00.objects[0].id"],
    ["an id twice", { objects: [bed, bed] }, "meta-info-bad-shape", "scene0001_00.objects[1].id"],
    [
      "an unsafe name",
      { objects: [{ ...bed, name: "../bed" }] },
      "meta-info-unsafe-name",
      "scene0001_00.objects[0].name",
    ],
    ["no box", { objects: [{ ...bed, obb: [] }] }, "meta-info-bad-shape", "scene0001_00.objects[0].obb"],
    [
      "a flat box",
      { objects: [{ ...bed, obb: { ...bed!.obb, extent: [1, 0, 1] } }] },
      "meta-info-degenerate-box",
      "scene0001_00.objects[0].obb.extent[1]",
    ],
    [
      "a flat rotation",
      { objects: [{ ...bed, obb: { ...bed!.obb, rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1] } }] },
      "meta-info-degenerate-box",
      "scene0001_00.objects[0].obb.rotation",
    ],
    [
      "skew axes",
      {
        objects: [
          {
            ...bed,
            obb: {
              ...bed!.obb,
              rotation: [
                [1, 0, 0],
                [0, 1, 0.6],
                [0, 0, 0.8],
              ],
            },
          },
        ],
      },
      "meta-info-degenerate-box",
      "scene0001_00.objects[0].obb.rotation",
    ],
    [
      "a polygon of a line",
      {
        scene_area_2d_polygon: [
          [0, 0],
          [1, 1],
          [2, 2],
        ],
      },
      "meta-info-bad-room",
      "scene0001_00.scene_area_2d_polygon",
    ],
    [
      "a polygon of two points",
      {
        scene_area_2d_polygon: [
          [0, 0],
          [1, 1],
          [0, 0],
        ],
      },
      "meta-info-bad-room",
      "scene0001_00.scene_area_2d_polygon",
    ],
    [
      "a point of three numbers",
      {
        scene_area_2d_polygon: [
          [0, 0, 0],
          [1, 1],
          [2, 0],
        ],
      },
      "meta-info-bad-room",
      "scene0001_00.scene_area_2d_polygon[0]",
    ],
    ["a type of a number", { scene_area_type: 1 }, "meta-info-bad-room", "scene0001_00.scene_area_type"],
    ["a name that leaves the folder", { scene_id: "../a" }, "meta-info-unsafe-name", "top level, scene_id"],
    ["no dataset", { dataset: undefined }, "meta-info-bad-shape", "scene0001_00.dataset"],
  ])("%s is refused with its place", async (_, change, code, place) => {
    const error = await thrownError(() => read(change));
    expect([error?.code, error?.detail.place]).toEqual([code, place]);
  });

  test("a scene that stands twice is refused the second time", () => {
    const bad: string[] = [];
    const facts = factsFromMetaInfo([entry(), entry()], {
      onBadScene: (name, { code }) => bad.push(`${name} ${code}`),
    });
    expect([facts.length, bad]).toEqual([1, ["scene0001_00 meta-info-scene-twice"]]);
  });

  test("of a damaged file come good facts or a GeometryError", () => {
    let refused = 0;
    let taken = 0;
    fc.assert(
      fc.property(mutatedJson([entry(), entry({ scene_id: "b" })]), (json) => {
        try {
          for (const facts of factsFromMetaInfo(json, { onBadScene: () => refused++ })) {
            taken += 1;
            validateScene(facts, { file: "scene.json" });
            expect(JSON.parse(JSON.stringify(facts))).toStrictEqual(facts);
          }
        } catch (error) {
          if (!(error instanceof GeometryError)) throw error;
          refused += 1;
        }
      }),
      { numRuns: 1000, seed: 3 },
    );
    expect(Math.min(refused, taken)).toBeGreaterThan(100);
  });
});

describe("a form that is not known", () => {
  test("is named by its fields, at the top and in a scene", async () => {
    const other = await thrownError(() => factsFromMetaInfo({ scene: { rooms: 3, things: [] } }));
    expect(other?.detail.got).toBe('nothing among the fields "rooms", "things"');
    const scene = { dataset: "a", object_bbox: {}, object_counts: {}, room_center: [0, 0, 0], breadth: 3 };
    const area = await thrownError(() => factsFromMetaInfo({ scene }));
    expect(area?.detail.place).toBe("scene.room_size");
    expect(area?.detail.got).toBe(
      'nothing among the fields "dataset", "object_bbox", "object_counts", "room_center", "breadth"',
    );
  });

  test("two fields of one shape are not guessed between", async () => {
    const boxes = { chair: [{ min: [0, 0, 0], max: [1, 1, 1] }] };
    const scene = { dataset: "a", room_size: 3, room_center: [0, 0, 0], object_counts: { chair: 1 }, boxes };
    expect(factsFromMetaInfo({ scene })[0]!.objects[0]!.box).toEqual({
      center: [0.5, 0.5, 0.5],
      size: [1, 1, 1],
      axes: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    });
    expect((await thrownError(() => factsFromMetaInfo({ scene: { ...scene, more: boxes } })))?.code).toBe(
      "meta-info-bad-shape",
    );
  });
});
