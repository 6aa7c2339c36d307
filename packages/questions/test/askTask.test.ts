import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { askTask } from "../src/askTask.ts";
import { VSI_100K } from "../src/protocols/vsi100k.ts";
import { sceneOf } from "../src/scene/scene.ts";
import type { Task } from "../src/tasks/task.ts";
import { factsWith } from "./support/facts.ts";
import { testStream } from "./support/stream.ts";

/** Numbers 0 to count - 1; those that `refused` names break a rule. */
function numbers(count: number, order: Task["order"], refused = (_: number) => false): Task {
  return {
    type: "object_counting",
    order,
    candidates: () => ({
      count,
      ask(index) {
        const evidence = { object_ids: [index], value: null, unit: null, margin: null };
        if (refused(index)) {
          return { draft: null, refusals: [{ ...evidence, code: "odd", message: "Odd.", limit: null }] };
        }
        return { draft: { words: {}, ground_truth: String(index), evidence }, refusals: [] };
      },
    }),
  };
}

function ask(task: Task, limit: number, seed: number) {
  const input = {
    scene: sceneOf(factsWith([]), "raw"),
    protocol: VSI_100K,
    distance: () => 1,
    countVisible: false,
    random: () => testStream(seed),
  };
  const asked = askTask(task, limit, input);
  return {
    drafts: asked.drafts.map((draft) => Number(draft.ground_truth)),
    refused: asked.refusals.map((refusal) => refusal.object_ids[0]!),
    notDrawn: asked.notDrawn,
  };
}

const isOdd = (index: number) => index % 2 === 1;

test("without a limit every candidate is asked, in the list's order", () => {
  expect(ask(numbers(9, "every", isOdd), Infinity, 1)).toEqual({
    drafts: [0, 2, 4, 6, 8],
    refused: [1, 3, 5, 7],
    notDrawn: 0,
  });
});

test("a limit keeps the order, counts the rest, and a larger one only adds; samples stay in the order drawn", () => {
  fc.assert(
    fc.property(fc.nat(30), fc.nat(12), fc.integer(), (count, limit, seed) => {
      const every = ask(numbers(count, "every", isOdd), limit, seed);
      const more = ask(numbers(count, "every", isOdd), limit + 1, seed);
      const sample = ask(numbers(count, "sample", isOdd), limit, seed);
      expect(every.drafts).toHaveLength(Math.min(limit, Math.ceil(count / 2)));
      expect(every.drafts).toEqual([...every.drafts].sort((one, other) => one - other));
      expect(every.drafts.length + every.refused.length + every.notDrawn).toBe(count);
      expect(more.drafts).toEqual(expect.arrayContaining(every.drafts));
      expect([...sample.drafts].sort((one, other) => one - other)).toEqual(every.drafts);
    }),
  );
});

test("a limit does not take the first candidates", () => {
  const means = Array.from({ length: 200 }, (_, seed) => ask(numbers(100, "every"), 1, seed).drafts[0]!);
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  expect(Math.abs(mean - 49.5)).toBeLessThan((4 * 28.9) / Math.sqrt(means.length)); // four standard errors
});

test("samples are not sorted", () => {
  const { drafts } = ask(numbers(50, "sample"), 10, 3);
  expect(drafts).not.toEqual([...drafts].sort((one, other) => one - other));
});

test("a task that gives up draws no more after so many refusals, and counts what is left", () => {
  const patient = numbers(1000, "sample", () => true);
  const task: Task = { ...patient, candidates: (input) => ({ ...patient.candidates(input), mostRefused: 7 }) };
  const { drafts, refused, notDrawn } = ask(task, Infinity, 1);
  expect([drafts.length, refused.length, notDrawn]).toEqual([0, 7, 993]);
});
