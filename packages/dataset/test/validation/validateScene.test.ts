import { describe, expect, test } from "@jest/globals";
import { validateScene } from "../../src/validation/validateScene.ts";
import { mutations } from "../support/mutations.ts";
import { scene } from "../support/samples.ts";

const where = { file: "scenes/scene0000_00.json" };

test("facts with a mesh and without one follow the schema", () => {
  const [object] = scene.objects;
  expect(() => validateScene(scene, where)).not.toThrow();
  expect(() =>
    validateScene(
      {
        ...scene,
        room: { ...scene.room, outline: null },
        objects: [{ ...object, points: null, excluded: "structure" }],
        counts: { "kitchen cabinet": 2 },
        surface_distances: null,
      },
      where,
    ),
  ).not.toThrow();
});

describe("refuses", () => {
  test.each(mutations(scene))("$change", ({ value }) => {
    expect(() => validateScene(value, where)).toThrow(expect.objectContaining({ code: "scene-schema" }));
  });

  const [object] = scene.objects;
  test.each([
    ["a point of two numbers", { objects: [{ ...object, centroid: [1, 2] }] }],
    ["NaN, which JSON writes as null, in a point", { objects: [{ ...object, centroid: [1, null, 2] }] }],
    ["a negative length", { objects: [{ ...object, box: { ...object!.box, size: [1, -1, 1] } }] }],
    ["a negative area", { room: { ...scene.room, area_m2: -1 } }],
    ["a count of 0", { counts: { chair: 0 } }],
    ["a count that is no whole number", { counts: { chair: 1.5 } }],
    ["a list of counts", { counts: [1] }],
    ["another reason to exclude", { objects: [{ ...object, excluded: "ugly" }] }],
  ])("%s", (_, change) => {
    expect(() => validateScene({ ...scene, ...change }, where)).toThrow(
      expect.objectContaining({ code: "scene-schema" }),
    );
  });
});
