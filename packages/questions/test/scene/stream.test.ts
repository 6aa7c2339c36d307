import { describe, expect, test } from "@jest/globals";
import { framesShowing, streamOf } from "../../src/scene/stream.ts";
import { cameraWith } from "../support/camera.ts";

describe("stream", () => {
  test("frames are numbered from 1, with the camera's place and axes in the world", () => {
    const { frames } = streamOf(cameraWith([{}, { position: [1, 2, 3], yaw: Math.PI / 2 }]), 50);
    expect(frames.map(({ name, number }) => [name, number])).toEqual([
      ["000000.jpg", 1],
      ["000030.jpg", 2],
    ]);
    expect(frames[1]!.position).toEqual([1, 2, 3]);
    // A quarter turn to the left of +y looks along -x, with +y to the right.
    const axes = [
      [0, 1, 0],
      [0, 0, -1],
      [-1, 0, 0],
    ];
    for (const [index, axis] of axes.entries()) {
      expect(Math.hypot(...axis.map((value, k) => value - frames[1]!.axes[index]![k]!))).toBeLessThan(1e-12);
    }
  });

  test("an object is seen from the number of pixels on, in one frame: pixels of two frames do not add up", () => {
    const stream = streamOf(cameraWith([{ visible: { 3: 49, 4: 50 } }, { visible: { 3: 49, 5: 9000 } }]), 50);
    expect(stream.frames.map(({ seen }) => [...seen])).toEqual([[4], [5]]);
    expect([...stream.seen]).toEqual([4, 5]);
    expect(streamOf(cameraWith([{ visible: { 3: 1 } }]), 1).seen.has(3)).toBe(true);
  });

  test("first times by object; null when the stream was not looked at; no frame shows nothing", () => {
    expect(streamOf(cameraWith([], { 3: 1.5 }), 50).firstSeen_s).toEqual(new Map([[3, 1.5]]));
    expect(streamOf(cameraWith([]), 50)).toEqual({
      frames: [],
      seen: new Set(),
      firstSeen_s: null,
      earliestSeen_s: new Map(),
    });
  });
});

describe("framesShowing", () => {
  const stream = streamOf(
    cameraWith([{ visible: { 1: 60 } }, { visible: { 2: 60, 1: 3 } }, { visible: { 1: 70 } }]),
    50,
  );

  test.each([
    ["one object", [1], ["000000.jpg", "000060.jpg"]],
    ["any of several", [2, 1], ["000000.jpg", "000030.jpg", "000060.jpg"]],
    ["an object that no frame shows", [3], []],
    ["no object: the whole room", [], ["000000.jpg", "000030.jpg", "000060.jpg"]],
  ])("%s", (_, ids, names) => {
    expect(framesShowing(ids, stream)).toEqual(names);
  });
});
