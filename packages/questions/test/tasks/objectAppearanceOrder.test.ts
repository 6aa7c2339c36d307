import { expect, test } from "@jest/globals";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { cameraWith } from "../support/camera.ts";
import { factsWith, objectAt } from "../support/facts.ts";

const NAMES = ["bed", "chair", "sink", "lamp"];

/** Object k is first seen at times[k] and in sampled frames[k], from 0. */
function ask(times: number[] | null, frames: number[], names = NAMES) {
  const objects = names.map((name, id) => objectAt(id, name, [id, 0, 0]));
  const shown = Array.from({ length: 9 }, (_, place) => ({
    visible: Object.fromEntries(frames.flatMap((frame, id) => (frame <= place ? [[id, 60]] : []))),
  }));
  const camera = cameraWith(shown, times && Object.fromEntries(times.entries()));
  return generateQuestions(factsWith(objects, { camera }), { protocol: "vsi-bench", types: ["obj_appearance_order"] });
}

test("the order over the stream, as text; four orders to choose from; the frames that show it", () => {
  const { questions } = ask([8, 2, 5, 0.5], [8, 2, 5, 1]);
  expect(questions).toHaveLength(1);
  const [question] = questions;
  expect(question).toMatchObject({
    ground_truth: "lamp, chair, sink, bed",
    evidence: {
      value: null,
      unit: "s",
      margin: 1.5,
      frames: ["000030.jpg", "000060.jpg", "000150.jpg", "000240.jpg"],
    },
  });
  const listed = /categories in the video: (.+)\?$/.exec(question!.question)![1]!.split(", ");
  expect(question!.evidence.object_ids).toEqual(listed.map((name) => NAMES.indexOf(name)));
  const orders = question!.options!.map((option) => option.slice("A. ".length));
  expect(new Set(orders).size).toBe(4);
  for (const order of orders) {
    expect(order.split(", ").sort()).toEqual([...NAMES].sort());
  }
  expect(orders["ABCD".indexOf(question!.mc_answer!)]).toBe(question!.ground_truth);
});

test.each([
  ["two within a second", [0, 1, 5, 8], [0, 1, 5, 8], "appearances-too-close"],
  ["two in one sampled frame", [0, 2, 5, 8], [0, 5, 5, 8], "order-not-in-frames"],
])("%s: refused", (_, times, frames, code) => {
  const { questions, rejects } = ask(times, frames);
  expect(questions).toEqual([]);
  expect(rejects).toMatchObject([{ code }]);
});

test("three categories, or a stream that was not looked at: no candidate", () => {
  expect(ask([0, 2, 5], [0, 2, 5], ["bed", "chair", "sink"])).toMatchObject({ questions: [], rejects: [] });
  expect(ask(null, [0, 2, 5, 8])).toMatchObject({ questions: [], rejects: [] });
});
