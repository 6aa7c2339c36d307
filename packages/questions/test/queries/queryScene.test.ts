import { expect, test } from "@jest/globals";
import { FactsError } from "../../src/errors/factsError.ts";
import { queryDistance, queryScene } from "../../src/queries/queryScene.ts";
import { factsWith, objectAt } from "../support/facts.ts";

test("a scene is grouped once for each kind of name, and a distance prepared once for each kind", () => {
  const facts = factsWith([objectAt(0, "bed", [0, 0, 0])]);
  expect(queryScene(facts, "raw")).toBe(queryScene(facts, "raw"));
  expect(queryScene(facts, "canonical")).not.toBe(queryScene(facts, "raw"));
  expect(queryDistance(facts, "sampled")).toBe(queryDistance(facts, "sampled"));
  expect(queryDistance(facts, "box")).not.toBe(queryDistance(facts, "sampled"));
});

test("equal facts are scenes of their own: nothing is mixed up between files", () => {
  const bed = objectAt(0, "bed", [0, 0, 0]);
  expect(queryScene(factsWith([bed]), "raw")).not.toBe(queryScene(factsWith([bed]), "raw"));
});

test("facts are checked before anything is kept", () => {
  const broken = factsWith([objectAt(0, " ", [0, 0, 0])]);
  expect(() => queryScene(broken, "raw")).toThrow(FactsError);
  expect(() => queryDistance(broken, "box")).toThrow(FactsError);
});
