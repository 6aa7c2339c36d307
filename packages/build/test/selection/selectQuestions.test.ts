import { describe, expect, test } from "@jest/globals";
import type { DatasetSplit, Question } from "@vsi/dataset";
import type { KeptSuccess } from "../../src/pipeline/storeScanResult.ts";
import { selectQuestions } from "../../src/selection/selectQuestions.ts";

function distance(id: string, scanId: string, value: number, truth = value.toFixed(1)): Question {
  return {
    schema: "vsi-question/1",
    id,
    dataset: "vsi-synth",
    scene_name: scanId,
    question_type: "object_abs_distance",
    question: `What is the distance between ${id} and the door (in meters)?`,
    ground_truth: truth,
    options: null,
    mc_answer: null,
    protocol: "vsi-100k",
    frames: [],
    evidence: { object_ids: [1, 2], value, unit: "m", margin: null, route: null, frames: null },
  };
}

async function select(scenes: readonly { scanId: string; split: DatasetSplit; questions: Question[] }[], seed = 0) {
  const results = new Map(
    scenes.map(({ scanId, questions }): [string, KeptSuccess] => [
      scanId,
      { status: "read", scanId, questions, rejects: [], notDrawn: {}, warnings: [], frames: null },
    ]),
  );
  const selection = await selectQuestions(scenes, async (scanId) => results.get(scanId) ?? null, {
    seed,
    target: null,
  });
  return [...results.values()].map((result) => {
    const { questions, rejects } = selection(result);
    return [questions.map(({ id }) => id), rejects.map(({ code }) => code)];
  });
}

describe("selectQuestions", () => {
  test("drops repeats, contradictions and rooms that are evaluated on, and records each", async () => {
    const values = [1.111, 2.222, 3.333, 4.444];
    const room = (scanId: string) => values.map((value, place) => distance(`q${place}`, scanId, value));
    expect(
      await select([
        {
          scanId: "a",
          split: "train",
          questions: [distance("x", "a", 1.5), distance("x", "a", 1.5), distance("y", "a", 2)],
        },
        { scanId: "b", split: "train", questions: [distance("x", "b", 1.5), distance("x", "b", 2.5, "2.5")] },
        { scanId: "c", split: "train", questions: room("c") },
        { scanId: "d", split: "validation", questions: room("d") },
      ]),
    ).toEqual([
      [["x", "y"], ["duplicate-question"]],
      [[], ["contradiction", "contradiction"]],
      [[], Array(4).fill("near-duplicate-scene")],
      [["q0", "q1", "q2", "q3"], []],
    ]);
  });
});
