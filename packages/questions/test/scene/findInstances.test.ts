import { describe, expect, test } from "@jest/globals";
import { QueryError } from "../../src/errors.ts";
import { findInstances, findOnly } from "../../src/scene/findInstances.ts";
import { sceneOf } from "../../src/scene/scene.ts";
import { factsWith, objectAt } from "../support/facts.ts";

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
      /positioning: got "chair", of which there are 2, expected a category with one instance: bed, sink/,
    );
  });

  test("one box, but two published", () => {
    const facts = factsWith([objectAt(0, "sink", [0, 0, 0])], { counts: { sink: 2 } });
    const queried = { facts, scene: sceneOf(facts, "canonical"), labels: "canonical" } as const;
    expect(() => findOnly(queried, "sink", "category")).toThrow(/of which there are 2/);
  });
});
