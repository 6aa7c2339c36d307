import { expect, test } from "@jest/globals";
import { shadeFaces } from "../../src/render/shadeFaces.ts";
import { boxAround, boxScene } from "./boxScene.ts";

test("faces of one side are alike, sides along different axes differ, and none is brighter than its object", () => {
  const shaded = shadeFaces(boxScene([boxAround([0, 0, 0], [1, 2, 3])]));
  const faces = Array.from({ length: 12 }, (_, face) => shaded.slice(3 * face, 3 * face + 3).join());
  for (let face = 0; face < 12; face += 2) expect(faces[face]).toBe(faces[face + 1]);
  expect(new Set(faces).size).toBe(3);
  for (let i = 0; i < shaded.length; i++) {
    expect(shaded[i]).toBeLessThanOrEqual([200, 100, 50][i % 3]);
    expect(shaded[i]).toBeGreaterThanOrEqual([100, 50, 25][i % 3]);
  }
});

test("an object has one colour, the mean of its vertices; a face without area gets half of it", () => {
  const scene = boxScene([boxAround([0, 0, 0], [1, 1, 1]), boxAround([3, 0, 0], [1, 1, 1])]);
  scene.colors.fill(10, 0, 12);
  scene.colors.fill(30, 12, 24);
  scene.positions.fill(0, 0, 24);
  const shaded = shadeFaces(scene);
  expect(new Set(shaded.slice(0, 36))).toEqual(new Set([10]));
  expect(shaded.slice(36)).not.toContain(10);
});
