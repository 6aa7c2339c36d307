import { describe, expect, test } from "@jest/globals";
import { generateQuestions } from "../../src/generateQuestions.ts";
import { sceneOf } from "../../src/scene/scene.ts";
import { streamOf } from "../../src/scene/stream.ts";
import { categoryAppearances, refuseAppearances } from "../../src/types/objAppearanceOrder.ts";
import { cameraWith } from "../support/camera.ts";
import { factsWith, objectAt } from "../support/facts.ts";
import { testShown } from "../support/shown.ts";

describe("objAppearanceOrder", () => {
  const NAMES = ["bed", "chair", "sink", "lamp"];

  /** Object k is first seen at times[k] and in sampled frames[k], from 0. */
  function ask(times: number[] | null, frames: number[], names = NAMES) {
    const objects = names.map((name, id) => objectAt(id, name, [id, 0, 0]));
    const shown = Array.from({ length: 9 }, (_, place) => ({
      visible: Object.fromEntries(frames.flatMap((frame, id) => (frame <= place ? [[id, 60]] : []))),
    }));
    const camera = cameraWith(shown, times && Object.fromEntries(times.entries()));
    return generateQuestions(factsWith(objects, { camera }), {
      protocol: "vsi-bench",
      types: ["obj_appearance_order"],
    });
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

  test("damaged frames right before the second one appears: refused by their reason; a second later: asked", () => {
    const askWith = (earliest_s: number) => {
      const objects = NAMES.map((name, id) => objectAt(id, name, [id, 0, 0]));
      const shown = [0, 2, 5, 8].map((_, place) => ({
        visible: Object.fromEntries(NAMES.flatMap((_name, id) => (id <= place ? [[id, 60]] : []))),
      }));
      const camera = cameraWith(shown, { 0: 0, 1: 2, 2: 5, 3: 8 });
      camera.first_seen = camera.first_seen!.map((first) => (first.object_id === 1 ? { ...first, earliest_s } : first));
      camera.frames_damaged = 1;
      const facts = factsWith(objects, { camera });
      return generateQuestions(facts, { protocol: "vsi-bench", types: ["obj_appearance_order"] });
    };
    expect(askWith(1)).toMatchObject({
      questions: [],
      rejects: [{ code: "order-in-damaged-frames", value: 1, limit: 1, unit: "s" }],
    });
    expect(askWith(1.1).questions).toHaveLength(1);
    expect(() => askWith(-1)).toThrow(/earliest_s/);
  });

  test("three categories, or a stream that was not looked at: no candidate", () => {
    expect(ask([0, 2, 5], [0, 2, 5], ["bed", "chair", "sink"])).toMatchObject({ questions: [], rejects: [] });
    expect(ask(null, [0, 2, 5, 8])).toMatchObject({ questions: [], rejects: [] });
  });
});

describe("categoryAppearances", () => {
  const facts = factsWith([
    objectAt(0, "bed", [0, 0, 0]),
    objectAt(1, "chair", [0, 0, 0]),
    objectAt(2, "chair", [0, 0, 0]),
    objectAt(3, "sink", [0, 0, 0]),
    objectAt(4, "lamp", [0, 0, 0]),
  ]);

  function appearances(firstSeen: Record<number, number> | null) {
    const stream = streamOf(
      cameraWith([{ visible: { 0: 9 } }, { visible: { 1: 60 } }, { visible: { 0: 60, 3: 50 } }], firstSeen),
      50,
    );
    return categoryAppearances(sceneOf(facts, "raw", stream), stream);
  }

  test("the earliest instance tells the time, any instance the first sampled frame; unseen categories are left out", () => {
    // The lamp is in no sampled frame, and the sink was never seen long enough.
    const found = appearances({ 2: 0.5, 1: 3, 0: 4, 4: 9 });
    expect(found.map(({ label, object_id, time_s, frame }) => [label, object_id, time_s, frame.number])).toEqual([
      ["bed", 0, 4, 3],
      ["chair", 2, 0.5, 2],
    ]);
  });

  test("none where the stream was not looked at", () => {
    expect(appearances(null)).toEqual([]);
  });
});

describe("refuseAppearances", () => {
  const at = (...places: [time: number, frame: number, earliest?: number][]) =>
    places.map(([time_s, number, earliest_s = time_s], index) => ({
      label: `thing ${index}`,
      object_id: index,
      time_s,
      earliest_s,
      frame: { name: `${number}.jpg`, number },
    }));

  test("clear in time and in the sampled frames: passed", () => {
    expect(refuseAppearances(at([0, 1], [1.5, 2], [4, 5], [9, 6]))).toBeNull();
  });

  test("a second apart and no more, wherever in the order", () => {
    expect(refuseAppearances(at([0, 1], [2, 2], [4, 5], [5, 6]))).toMatchObject({
      code: "appearances-too-close",
      value: 1,
      limit: 1,
      unit: "s",
      object_ids: [0, 1, 2, 3],
    });
  });

  test("damaged frames that may have shown the later one too soon, or first: refused; others are no matter", () => {
    for (const earliest of [2.5, 1]) {
      expect(refuseAppearances(at([0, 1], [1.5, 2], [4, 5, earliest], [9, 6]))).toMatchObject({
        code: "order-in-damaged-frames",
        value: earliest - 1.5,
        limit: 1,
        unit: "s",
      });
    }
    expect(refuseAppearances(at([0.5, 1, 0], [2, 2, 1.9], [4, 5, 3.5], [9, 6]))).toBeNull();
  });

  test.each([
    ["first in the same sampled frame", 2],
    ["first in the other order", 1],
  ])("%s", (_, second) => {
    expect(refuseAppearances(at([0, 2], [3, second], [6, 5], [9, 6]))).toMatchObject({
      code: "order-not-in-frames",
      value: null,
      limit: null,
    });
  });
});

testShown("obj_appearance_order", {
  ground_truth: "tv, bed",
  object_ids: [1, 2],
  margin: 3,
  unit: "s",
  says: "first seen over the whole stream: tv, bed (bed (id 1), tv (id 2)); 3 s from another answer",
  lines: 0,
  labels: [],
  trace: null,
});
