import { describe, expect, test } from "@jest/globals";
import type { CameraFacts, SceneFacts } from "@vsi/geometry";
import fc from "fast-check";
import { FactsError } from "../../src/errors.ts";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { answerQuery } from "../../src/queries/answerQuery.ts";
import { factsChecks, validateFacts } from "../../src/scene/validateFacts.ts";
import { arbitraryStreamFacts, cameraWith } from "../support/camera.ts";
import { arbitraryFacts, factsWith, objectAt } from "../support/facts.ts";

describe("validateFacts", () => {
  const bed = objectAt(0, "bed", [1, 2, 0.3]);
  const sink = objectAt(1, "sink", [2, 2, 0.9]);

  test("good facts pass", () => {
    fc.assert(fc.property(arbitraryFacts, (facts) => validateFacts(facts)));
  });

  test.each<[string, SceneFacts, string, string]>([
    [
      "NaN in a centroid",
      factsWith([bed, { ...sink, centroid: [1, Number.NaN, 1] }]),
      "facts-number",
      "objects[1].centroid[1]",
    ],
    [
      "an infinite size",
      factsWith([objectAt(0, "bed", [0, 0, 0], [1, Infinity, 1])]),
      "facts-number",
      "objects[0].box.size[1]",
    ],
    [
      "a coordinate that would overflow",
      factsWith([objectAt(0, "bed", [1e200, 0, 0])]),
      "facts-number",
      "objects[0].centroid[0]",
    ],
    [
      "null, as JSON writes NaN",
      factsWith([{ ...bed, centroid: [0, 0, null as never] }]),
      "facts-number",
      "objects[0].centroid[2]",
    ],
    [
      "a number as text",
      factsWith([{ ...bed, centroid: [0, 0, "1" as never] }]),
      "facts-number",
      "objects[0].centroid[2]",
    ],
    [
      "a point of two numbers",
      factsWith([{ ...bed, centroid: [0, 0] as never }]),
      "facts-number",
      "objects[0].centroid",
    ],
    ["a NaN area", factsWith([], { area_m2: Number.NaN }), "facts-number", "room.area_m2"],
    ["a negative area", factsWith([], { area_m2: -1 }), "facts-negative", "room.area_m2"],
    [
      "a negative size",
      factsWith([objectAt(0, "bed", [0, 0, 0], [1, 1, -1])]),
      "facts-negative",
      "objects[0].box.size",
    ],
    [
      "a core of negative length",
      factsWith([{ ...bed, core_size: [1, 1, -1] }]),
      "facts-negative",
      "objects[0].core_size",
    ],
    [
      "a core of two lengths",
      factsWith([{ ...bed, core_size: [1, 1] as never }]),
      "facts-number",
      "objects[0].core_size",
    ],
    [
      "a NaN end of an aligned box",
      factsWith([{ ...bed, aabb: { ...bed.aabb, min: [0, 0, Number.NaN] } }]),
      "facts-number",
      "objects[0].aabb.min[2]",
    ],
    ["NaN vertices", factsWith([{ ...bed, points: Number.NaN }]), "facts-number", "objects[0].points"],
    [
      "a negative distance from a camera",
      factsWith([bed], { camera: cameraWith([{ visible: { 0: 50 }, distances: { 0: -1 } }]) }),
      "facts-negative",
      "camera.frames[0].visible[0].distance_m",
    ],
    [
      "an infinite distance from a camera",
      factsWith([bed], { camera: cameraWith([{ visible: { 0: 50 }, distances: { 0: Infinity } }]) }),
      "facts-number",
      "camera.frames[0].visible[0].distance_m",
    ],
    ["an id twice", factsWith([bed, { ...sink, id: 0 }]), "facts-id", "objects[1].id"],
    ["half an id", factsWith([{ ...bed, id: 0.5 }]), "facts-id", "objects[0].id"],
    ["an empty label", factsWith([{ ...bed, label: " " }]), "facts-label", "objects[0].label"],
    ["an empty category", factsWith([{ ...bed, category: "" }]), "facts-label", "objects[0].category"],
    [
      "NaN in a box's centre",
      factsWith([{ ...bed, box: { ...bed.box, center: [0, Number.NaN, 0] } }]),
      "facts-number",
      "objects[0].box.center[1]",
    ],
    [
      "a box without its third axis",
      factsWith([{ ...bed, box: { ...bed.box, axes: bed.box.axes.slice(0, 2) as never } }]),
      "facts-number",
      "objects[0].box.axes[2]",
    ],
    [
      "a surface distance that is none",
      factsWith([bed, sink], { surface_distances: [{ a: 0, b: 1, distance_m: Number.NaN }] }),
      "facts-number",
      "surface_distances[0].distance_m",
    ],
    [
      "a negative surface distance",
      factsWith([bed, sink], { surface_distances: [{ a: 0, b: 1, distance_m: -1 }] }),
      "facts-negative",
      "surface_distances[0].distance_m",
    ],
    [
      "closest points that are no numbers",
      factsWith([bed, sink], {
        surface_distances: [
          {
            a: 0,
            b: 1,
            distance_m: 1,
            closest: [
              [0, 0, 0],
              [0, 1, Number.NaN],
            ],
          },
        ],
      }),
      "facts-number",
      "surface_distances[0].closest[1][2]",
    ],
    ["half a count", factsWith([bed], { counts: { bed: 1.5 } }), "facts-count", 'counts["bed"]'],
    ["no scene name", factsWith([], { scene_name: "" }), "facts-name", "scene_name"],
    ["a room's name over two lines", factsWith([], { physical_room: "a\nb" }), "facts-name", "physical_room"],
    ["a split of another name", factsWith([], { room_split: "val" as "test" }), "facts-name", "room_split"],
    ["a dataset's name over two lines", factsWith([], { dataset: "a\nb" }), "facts-name", "dataset"],
    [
      "more objects than any scan",
      factsWith(Array.from({ length: 4097 }, (_, id) => objectAt(id, "bed", [0, 0, 0]))),
      "facts-too-many",
      "objects",
    ],
  ])("%s is refused with its place", (_, facts, code, place) => {
    expect(() => validateFacts(facts)).toThrow(FactsError);
    expect(() => validateFacts(facts)).toThrow(
      expect.objectContaining({ code, detail: expect.objectContaining({ place }) }),
    );
  });

  test.each<[string, unknown, string, string]>([
    ["null", null, "facts-shape", "the facts"],
    ["a list", [], "facts-shape", "the facts"],
    ["no objects", { ...factsWith([bed]), objects: undefined }, "facts-shape", "objects"],
    ["objects by name", { ...factsWith([bed]), objects: { length: 1 } }, "facts-shape", "objects"],
    ["a null object", factsWith([bed, null as never]), "facts-shape", "objects[1]"],
    ["a missing box", factsWith([{ ...bed, box: undefined as never }]), "facts-shape", "objects[0].box"],
    [
      "axes that are a number",
      factsWith([{ ...bed, box: { ...bed.box, axes: 3 as never } }]),
      "facts-shape",
      "objects[0].box.axes",
    ],
    ["an aligned box that is a text", factsWith([{ ...bed, aabb: "0" as never }]), "facts-shape", "objects[0].aabb"],
    ["an aligned box of nothing", factsWith([{ ...bed, aabb: {} as never }]), "facts-number", "objects[0].aabb.min"],
    ["no room", { ...factsWith([bed]), room: null }, "facts-shape", "room"],
    [
      "a walkable grid that is true",
      { ...factsWith([bed]), room: { ...factsWith([]).room, walkable: true } },
      "facts-shape",
      "room.walkable",
    ],
    [
      "a walkable grid whose cells are too fine ever to be walked: a hang once",
      {
        ...factsWith([bed]),
        room: {
          ...factsWith([]).room,
          walkable: { origin: [0, 0], cell_m: 1e-320, columns: 1, rows: 1, cells: "0 1" },
        },
      },
      "facts-walkable",
      "room.walkable",
    ],
    ["distances by name", factsWith([bed], { surface_distances: {} as never }), "facts-shape", "surface_distances"],
    [
      "a null distance",
      factsWith([bed], { surface_distances: [null] as never }),
      "facts-shape",
      "surface_distances[0]",
    ],
    [
      "one closest point",
      factsWith([bed], { surface_distances: [{ a: 0, b: 1, distance_m: 1, closest: [[0, 0, 0]] }] as never }),
      "facts-number",
      "surface_distances[0].closest[1]",
    ],
    [
      "closest points that are a text",
      factsWith([bed], { surface_distances: [{ a: 0, b: 1, distance_m: 1, closest: "here" }] as never }),
      "facts-shape",
      "surface_distances[0].closest",
    ],
    ["counts in a list", factsWith([bed], { counts: [1] as never }), "facts-shape", "counts"],
    ["a camera that is a text", factsWith([bed], { camera: "yes" as never }), "facts-shape", "camera"],
    ["a camera without frames", factsWith([bed], { camera: {} as never }), "facts-shape", "camera.frames"],
    ["a null frame", factsWith([bed], { camera: { frames: [null] } as never }), "facts-shape", "camera.frames[0]"],
    ["a bigint", factsWith([{ ...bed, id: 1n as never }]), "facts-id", "objects[0].id"],
  ])("regression, a TypeError instead of a FactsError: %s", (_, facts, code, place) => {
    const expected = expect.objectContaining({ name: "FactsError", code, detail: expect.objectContaining({ place }) });
    expect(() => validateFacts(facts as SceneFacts)).toThrow(expected);
    expect(() => generateQuestions(facts as SceneFacts)).toThrow(expected);
    expect(() => answerQuery(facts as SceneFacts, { question_type: "room_size_estimation" })).toThrow(expected);
  });

  test("a value of megabytes is cut in the message", () => {
    const facts = factsWith([
      { ...bed, label: 1 as never, category: "x" },
      { ...sink, centroid: Array(1e6).fill(0) as never },
    ]);
    expect(() => validateFacts({ ...facts, objects: facts.objects.slice(1) })).toThrow("a list of 1000000");
    expect(() => validateFacts(factsWith([{ ...bed, id: "9".repeat(1e6) as never }]))).toThrow(/^.{1,800}$/);
  });

  test("the message is one line that names the scene, the value and the way out", () => {
    const facts = factsWith([{ ...bed, centroid: [Number.NaN, 0, 0] }]);
    expect(() => validateFacts(facts)).toThrow(
      /^facts of "scene9000_00": objects\[0\]\.centroid\[0\]: got NaN, expected a number .*Build the scene facts again[^\n]*$/,
    );
  });
});

describe("validateCamera", () => {
  test("good streams pass, also one of no frame", () => {
    fc.assert(fc.property(arbitraryStreamFacts, (facts) => validateFacts(facts)));
  });

  const good = cameraWith([{ visible: { 0: 60 } }, { visible: {} }], { 0: 1 });
  const [first, second] = good.frames as [CameraFacts["frames"][0], CameraFacts["frames"][0]];
  const withPose = (change: (pose: number[]) => number[]) => ({
    ...good,
    frames: [{ ...first, camera_to_world: change(first.camera_to_world) }],
  });

  test.each<[string, CameraFacts, string, string]>([
    ["a name twice", { ...good, frames: [first, { ...second, name: first.name }] }, "facts-frame", "frames[1].name"],
    ["no name", { ...good, frames: [{ ...first, name: "" }] }, "facts-frame", "frames[0].name"],
    ["frames out of order", { ...good, frames: [second, first] }, "facts-frame", "frames[1].index"],
    ["a lost pose", withPose((pose) => pose.map(() => -Infinity)), "facts-number", "frames[0].camera_to_world[0]"],
    ["a pose of 12 numbers", withPose((pose) => pose.slice(0, 12)), "facts-number", "frames[0].camera_to_world"],
    ["a pose of zeros", withPose((pose) => pose.map(() => 0)), "facts-pose", "frames[0].camera_to_world"],
    ["millimetres", withPose((pose) => pose.map((value) => value * 1000)), "facts-pose", "frames[0].camera_to_world"],
    [
      "a mirrored camera",
      withPose((pose) => pose.map((value, cell) => (cell % 4 === 0 ? -value : value))),
      "facts-pose",
      "frames[0].camera_to_world",
    ],
    ["an object nobody knows", cameraWith([{ visible: { 7: 60 } }]), "facts-id", "frames[0].visible[0].object_id"],
    [
      "an object twice in a frame",
      { ...good, frames: [{ ...first, visible: [...first.visible, ...first.visible] }] },
      "facts-id",
      "frames[0].visible[1].object_id",
    ],
    ["half a pixel", cameraWith([{ visible: { 0: 0.5 } }]), "facts-pixels", "frames[0].visible[0].pixels"],
    ["a first time that is none", cameraWith([], { 0: Number.NaN }), "facts-number", "first_seen[0].time_s"],
    ["a time before the start", cameraWith([], { 0: -1 }), "facts-negative", "first_seen[0].time_s"],
    ["the first time of an object nobody knows", cameraWith([], { 7: 1 }), "facts-id", "first_seen[0].object_id"],
  ])("%s is refused with its place", (_, camera, code, place) => {
    const facts = factsWith([objectAt(0, "bed", [0, 0, 0])], { camera });
    expect(() => validateFacts(facts)).toThrow(
      expect.objectContaining({ code, detail: expect.objectContaining({ place: `camera.${place}` }) }),
    );
  });
});

describe("factsChecks", () => {
  const { fail, checkNumbers } = factsChecks(factsWith([]));

  test("a failure names the scene, the place, and NaN by its name", () => {
    expect(() => fail("facts-number", "here", Number.NaN, "a number")).toThrow(
      /^facts of "scene9000_00": here: got NaN, expected a number\./,
    );
  });

  test("numbers: so many of them, each within the limit", () => {
    checkNumbers("here", [1, -1e7], 2);
    const wrong = { here: [1], "here[0]": [1e8, 0], "here[1]": [0, Number.NaN] };
    for (const [place, values] of Object.entries(wrong)) {
      expect(() => checkNumbers("here", values, 2)).toThrow(
        expect.objectContaining({ code: "facts-number", detail: expect.objectContaining({ place }) }),
      );
    }
  });
});
