import { describe, expect, test } from "@jest/globals";
import type { SceneObject } from "@vsi/geometry";
import { QueryError } from "../../src/errors.ts";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { areClear, findInstances, findOnly, isSeen, sceneOf } from "../../src/scene/scene.ts";
import { streamOf } from "../../src/scene/stream.ts";
import { cameraWith } from "../support/camera.ts";
import { factsWith, objectAt } from "../support/facts.ts";

describe("scene", () => {
  test("excluded objects are left out before counting; everything is ordered by id", () => {
    const objects = [
      objectAt(9, "bed", [0, 0, 0]),
      objectAt(4, "chair", [0, 0, 0]),
      { ...objectAt(1, "wall", [0, 0, 0]), excluded: "structure" as const },
      objectAt(2, "sink", [0, 0, 0]),
      objectAt(3, "chair", [0, 0, 0]),
      { ...objectAt(5, "bed", [0, 0, 0]), excluded: "ambiguous" as const },
    ];
    const scene = sceneOf(factsWith(objects), "raw");
    expect(scene.singles.map(({ id }) => id)).toEqual([2, 9]);
    expect([...scene.objectsByLabel].map(([label, same]) => [label, same.map(({ id }) => id)])).toEqual([
      ["sink", [2]],
      ["chair", [3, 4]],
      ["bed", [9]],
    ]);
    expect(objects.map(({ id }) => id)).toEqual([9, 4, 1, 2, 3, 5]);
  });

  test("labels are told apart letter by letter, also those that every object knows", () => {
    const labels = ["Bed", "bed", "bed ", "constructor", "__proto__"];
    const scene = sceneOf(factsWith(labels.map((label, id) => objectAt(id, label, [0, 0, 0]))), "raw");
    expect(scene.singles.map(({ label }) => label)).toEqual(labels);
  });

  test("no object: nothing to name", () => {
    expect(sceneOf(factsWith([]), "raw")).toEqual({
      roomArea_m2: 20,
      isMainRoom: false,
      objectsByLabel: new Map(),
      singles: [],
      onlyOnes: [],
      unclear: { named: new Map(), sized: new Map(), counted: new Map() },
      doubtfulLabels: [],
      publishedCounts: new Map(),
      stream: null,
      walkable: null,
      floor_m: 0,
      furniture: [],
    });
  });

  test("regression: the floor is the lowest object's, also of objects without an axis-aligned box, as by hand", () => {
    const bed = objectAt(0, "bed", [0, 0, 1], [2, 1, 0.5]);
    const { aabb: _, ...sink } = objectAt(1, "sink", [2, 0, 0.2], [0.5, 0.5, 0.6]);
    expect(sceneOf(factsWith([bed]), "raw").floor_m).toBe(0.75);
    expect(sceneOf(factsWith([bed, sink as SceneObject]), "raw").floor_m).toBeCloseTo(-0.1, 12);
    const shower = { ...objectAt(2, "shower", [1, 2, 0.5]), aabb: undefined as never };
    const types = ["object_rel_direction_easy"] as const;
    expect(generateQuestions(factsWith([bed, sink as SceneObject, shower]), { types }).questions).not.toEqual([]);
  });

  describe("canonical names", () => {
    const objects = [
      { ...objectAt(1, "kitchen cabinets", [0, 0, 0]), category: "kitchen cabinet" },
      { ...objectAt(2, "kitchen cabinet", [1, 0, 0]), category: "kitchen cabinet" },
    ];

    test("join what raw labels keep apart", () => {
      expect(sceneOf(factsWith(objects), "raw").singles.map(({ id }) => id)).toEqual([1, 2]);
      const scene = sceneOf(factsWith(objects), "canonical");
      expect(scene.singles).toEqual([]);
      expect(scene.objectsByLabel.get("kitchen cabinet")!.map(({ id, label }) => [id, label])).toEqual([
        [1, "kitchen cabinet"],
        [2, "kitchen cabinet"],
      ]);
    });
  });

  test("one box of a label of which two were published is not the only one", () => {
    const facts = factsWith([objectAt(0, "sink", [0, 0, 0]), objectAt(1, "bed", [0, 0, 0])], {
      counts: { sink: 2, bed: 1 },
    });
    expect(sceneOf(facts, "canonical").singles.map(({ label }) => label)).toEqual(["bed"]);
  });

  test("with a stream, only what its frames show is a single; what is one of a kind is decided over the whole room", () => {
    const objects = [
      objectAt(0, "sink", [0, 0, 0]),
      objectAt(1, "bed", [1, 0, 0]),
      objectAt(2, "chair", [2, 0, 0]),
      objectAt(3, "chair", [3, 0, 0]),
    ];
    const stream = streamOf(cameraWith([{ visible: { 0: 50, 1: 49, 2: 500 } }]), 50);
    const scene = sceneOf(factsWith(objects), "raw", stream);
    expect(scene.singles.map(({ label }) => label)).toEqual(["sink"]);
    expect(scene.objectsByLabel.get("chair")).toHaveLength(2);
    expect([0, 1, 2, 3].filter((id) => isSeen(id, stream))).toEqual([0, 2]);
    expect(isSeen(1, null)).toBe(true);
  });
});

test("under rules, an unclear object is one of its label and not a single", () => {
  const objects = { leastPoints: { counted: 10, named: 20, sized: 50 }, mostStray: 0.05, duplicateOverlap: 0.5 };
  const facts = factsWith([{ ...objectAt(0, "clock", [0, 0, 0]), points: 3 }, objectAt(1, "bed", [2, 0, 0])]);
  const scene = sceneOf(facts, "raw", null, { name: "vsi-bench", names: "literal", objects });
  expect(scene.onlyOnes.map(({ label }) => label)).toEqual(["clock", "bed"]);
  expect(scene.singles.map(({ label }) => label)).toEqual(["bed"]);
  expect([0, 1].map((id) => areClear([objectAt(id, "", [0, 0, 0])], scene))).toEqual([false, true]);
});

describe("findInstances", () => {
  const facts = factsWith([
    objectAt(0, "sink", [0, 0, 0]),
    objectAt(1, "chair", [0, 0, 0]),
    objectAt(2, "chair", [0, 0, 0]),
    { ...objectAt(3, "wall", [0, 0, 0]), excluded: "structure" },
    objectAt(4, "bed", [0, 0, 0]),
  ]);
  const queried = { facts, scene: sceneOf(facts, "raw"), labels: "raw" } as const;
  const code = (code: string) => expect.objectContaining({ code });

  test("all objects of a category, and the only one", () => {
    expect(findInstances(queried, "chair", "category").map(({ id }) => id)).toEqual([1, 2]);
    expect(findOnly(queried, "bed", "category").id).toBe(4);
  });

  describe("a category that is not there", () => {
    test.each(["tv", "", "constructor", "__proto__", "Bed"])("%p: named, with those present in order", (name) => {
      expect(() => findInstances(queried, name, "choices[2]")).toThrow(QueryError);
      expect(() => findInstances(queried, name, "choices[2]")).toThrow(code("query-category"));
      expect(() => findInstances(queried, name, "choices[2]")).toThrow(
        `query about "scene9000_00": choices[2]: got "${name}", expected one of the categories present: bed, chair, sink.`,
      );
    });

    test("a wall may not be named", () => {
      expect(() => findInstances(queried, "wall", "category")).toThrow(
        /"wall", which questions may not name \(structure\)/,
      );
    });

    test("in an empty room there is none", () => {
      const empty = factsWith([]);
      expect(() => findOnly({ facts: empty, scene: sceneOf(empty, "raw"), labels: "raw" }, "bed", "category")).toThrow(
        /categories present: none/,
      );
    });

    test("the names meant are the canonical ones, where these are asked", () => {
      const facts = factsWith([{ ...objectAt(0, "beds", [0, 0, 0]), category: "bed", excluded: "ambiguous" }]);
      const queried = { facts, scene: sceneOf(facts, "canonical"), labels: "canonical" } as const;
      expect(() => findOnly(queried, "bed", "category")).toThrow(/may not name \(ambiguous\)/);
      expect(() => findOnly(queried, "beds", "category")).toThrow(/got "beds", expected/);
    });
  });

  describe("several where one is meant", () => {
    test("their number, and the categories that would do", () => {
      expect(() => findOnly(queried, "chair", "positioning")).toThrow(code("query-several"));
      expect(() => findOnly(queried, "chair", "positioning")).toThrow(
        /positioning: got "chair", which the scene has 2 of, expected a category with one instance: bed, sink/,
      );
    });

    test("one box, but two published", () => {
      const facts = factsWith([objectAt(0, "sink", [0, 0, 0])], { counts: { sink: 2 } });
      const queried = { facts, scene: sceneOf(facts, "canonical"), labels: "canonical" } as const;
      expect(() => findOnly(queried, "sink", "category")).toThrow(/which the scene has 2 of/);
    });
  });
});
