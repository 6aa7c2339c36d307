import { describe, expect, test } from "@jest/globals";
import { testStream } from "@vsi/testing/stream";
import { VSI_BENCH } from "../../src/protocols/vsiBench.ts";
import { sceneOf } from "../../src/scene/scene.ts";
import { streamOf } from "../../src/scene/stream.ts";
import { refuseCameraDistance, STREAM_RULES, streamTask } from "../../src/types/cameraRules.ts";
import { cameraWith } from "../support/camera.ts";
import { factsWith } from "../support/facts.ts";

describe("streamTask", () => {
  const NOTHING = { draft: null, refusals: [] };
  const task = streamTask("camera_displacement", ({ stream }) => ({ count: stream.frames.length, ask: () => NOTHING }));

  function candidates(stream: ReturnType<typeof streamOf> | null) {
    const scene = sceneOf(factsWith([]), "raw", stream);
    return task.candidates({
      scene,
      protocol: VSI_BENCH,
      distance: () => 1,
      countVisible: false,
      random: () => testStream(0),
    });
  }

  test("candidates are made from the stream, and end after many refusals", () => {
    expect(candidates(streamOf(cameraWith([{}, {}]), 50))).toMatchObject({
      count: 2,
      mostRefused: STREAM_RULES.mostRefused,
    });
  });

  test("none without a stream", () => {
    const none = candidates(null);
    expect([none.count, none.ask(0)]).toEqual([0, NOTHING]);
  });
});

describe("refuseCameraDistance", () => {
  test.each([
    [0, "camera-too-close", 0.2],
    [0.19, "camera-too-close", 0.2],
    [10.01, "camera-too-far", 10],
  ])("%d m is refused as %s", (distance, code, limit) => {
    expect(refuseCameraDistance(distance, [4], "The camera and the bed")).toEqual({
      code,
      message: expect.stringContaining(
        `The camera and the bed are ${limit === 10 ? "more" : "less"} than ${limit} m apart`,
      ),
      object_ids: [4],
      value: distance,
      limit,
      unit: "m",
    });
  });

  test.each([0.2, 3, 10])("%d m passes", (distance) => {
    expect(refuseCameraDistance(distance, [], "The two")).toBeNull();
  });
});
