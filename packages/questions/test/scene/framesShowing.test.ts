import { expect, test } from "@jest/globals";
import { framesShowing } from "../../src/scene/framesShowing.ts";
import { streamOf } from "../../src/scene/stream.ts";
import { cameraWith } from "../support/camera.ts";

const stream = streamOf(cameraWith([{ visible: { 1: 60 } }, { visible: { 2: 60, 1: 3 } }, { visible: { 1: 70 } }]), 50);

test.each([
  ["one object", [1], ["000000.jpg", "000060.jpg"]],
  ["any of several", [2, 1], ["000000.jpg", "000030.jpg", "000060.jpg"]],
  ["an object that no frame shows", [3], []],
  ["no object: the whole room", [], ["000000.jpg", "000030.jpg", "000060.jpg"]],
])("%s", (_, ids, names) => {
  expect(framesShowing(ids, stream)).toEqual(names);
});
