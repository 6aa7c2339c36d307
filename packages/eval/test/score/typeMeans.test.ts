import { expect, test } from "@jest/globals";
import { typeMeans } from "../../src/score/typeMeans.ts";

test("every question counts once in its type, whatever its scan; types without questions are not there", () => {
  const means = typeMeans([
    { scan: "a", type: "object_counting", value: 1 },
    { scan: "a", type: "object_counting", value: 0 },
    { scan: "b", type: "object_counting", value: 0.5 },
    { scan: "b", type: "route_planning", value: 1 },
  ]);
  expect([...means]).toEqual([
    ["object_counting", 0.5],
    ["route_planning", 1],
  ]);
  expect(typeMeans([])).toEqual(new Map());
});
