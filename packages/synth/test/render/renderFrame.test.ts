import { expect, test } from "@jest/globals";
import { cameraPose, sensorIntrinsics } from "../../src/index.ts";
import { renderFrame } from "../../src/render/renderFrame.ts";
import { shadeFaces } from "../../src/render/shadeFaces.ts";
import { boxAround, boxScene } from "./boxScene.ts";

const intrinsics = sensorIntrinsics(32, 24);
const ahead = cameraPose([0, 0, 0], 0, 0);

function render(scene: ReturnType<typeof boxScene>) {
  return renderFrame(scene, shadeFaces(scene), intrinsics, ahead);
}

test("colour, depth and id of the same nearest face; nothing is black, 0 and -1", () => {
  // Fills the left half of the image: +y is left.
  const scene = boxScene([boxAround([3.7345, 10, 0], [1, 20, 20])]);
  const { color, depth, objectIds } = render(scene);
  const [left, right] = [12 * 32 + 4, 12 * 32 + 28];
  expect([depth[left], objectIds[left]]).toEqual([3235, 0]);
  expect(color.slice(3 * left, 3 * left + 3).every((value) => value > 0)).toBe(true);
  expect([depth[right], objectIds[right], ...color.slice(3 * right, 3 * right + 3)]).toEqual([0, -1, 0, 0, 0]);
});

test("surface without annotation has depth and colour but no id", () => {
  const scene = boxScene([boxAround([3, 0, 0], [1, 20, 20])]);
  scene.objectOfVertex.fill(-1);
  const { color, depth, objectIds } = render(scene);
  expect(new Set(depth)).toEqual(new Set([2500]));
  expect(new Set(objectIds)).toEqual(new Set([-1]));
  expect(color.includes(0)).toBe(false);
});

test("farther than 16 bits of millimetres is no depth, but is seen", () => {
  const { depth, objectIds } = render(boxScene([boxAround([101, 0, 0], [1, 500, 500])]));
  expect(new Set(depth)).toEqual(new Set([0]));
  expect(new Set(objectIds)).toEqual(new Set([0]));
});
