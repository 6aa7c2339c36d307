import { expect, test } from "@jest/globals";
import { VSI_BENCH } from "../../src/protocols/vsiBench.ts";
import { sceneOf } from "../../src/scene/scene.ts";
import { streamOf } from "../../src/scene/stream.ts";
import { STREAM_RULES } from "../../src/tasks/streamRules.ts";
import { streamTask } from "../../src/tasks/streamTask.ts";
import { cameraWith } from "../support/camera.ts";
import { factsWith } from "../support/facts.ts";
import { testStream } from "../support/stream.ts";

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
