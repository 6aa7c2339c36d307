import { describe, expect, test } from "@jest/globals";
import type { DatasetSplit, Question } from "@vsi/dataset";
import fc from "fast-check";
import { findRepeatedScenes, findRepeats, type SceneQuestions } from "../src/repeats.ts";

/** A scene with one distance question a value, between objects named after their place. */
function scene(scanId: string, split: DatasetSplit, values: readonly number[]): SceneQuestions {
  const questions = values.map((value, place) => ({
    question_type: "object_abs_distance",
    question: `How far is ${place} from the door?`,
    evidence: { object_ids: [], value, unit: "m", margin: null, route: null, frames: null },
  }));
  return { scanId, split, questions: questions as unknown as Question[] };
}

async function find(scenes: readonly SceneQuestions[]): Promise<Record<string, string>> {
  const evaluatedFirst = scenes.toSorted((a, b) => Number(a.split === "train") - Number(b.split === "train"));
  return Object.fromEntries(
    await findRepeatedScenes(
      (async function* () {
        yield* evaluatedFirst;
      })(),
    ),
  );
}

describe("findRepeatedScenes", () => {
  const values = [1.2345, 2.3456, 3.4567, 4.5678];

  test("finds a validation room that stands in train under another name", async () => {
    const copy = values.map((value) => value + 0.0001);
    expect(await find([scene("a", "train", copy), scene("b", "validation", values)])).toEqual({ a: "b" });
    expect(await find([scene("a", "train", copy), scene("b", "test", values)])).toEqual({ a: "b" });
  });

  test("a training room may stand in train twice, other rooms are left alone", async () => {
    const others = values.map((value) => value + 0.02);
    expect(await find([scene("a", "train", values), scene("b", "train", values)])).toEqual({});
    expect(await find([scene("a", "train", others), scene("b", "validation", values)])).toEqual({});
  });

  test("one or two equal measurements are chance", async () => {
    expect(await find([scene("a", "train", values.slice(0, 2)), scene("b", "validation", values)])).toEqual({});
    expect(await find([scene("a", "train", values.slice(0, 3)), scene("b", "validation", values)])).toEqual({ a: "b" });
  });
});

describe("findRepeats", () => {
  test("the second of two equal questions goes, the first stays", () => {
    const questions = ["a", "b", "a", "a"].map((id) => ({ id, ground_truth: "1" }));
    expect([...findRepeats(questions)]).toEqual([
      [2, { code: "duplicate-question", other: 0 }],
      [3, { code: "duplicate-question", other: 0 }],
    ]);
  });

  test("questions that contradict each other all go, each naming one that differs", () => {
    const questions = [
      { id: "a", ground_truth: "1" },
      { id: "a", ground_truth: "1" },
      { id: "a", ground_truth: "2" },
    ];
    expect(Object.fromEntries(findRepeats(questions))).toEqual({
      0: { code: "contradiction", other: 2 },
      1: { code: "contradiction", other: 0 },
      2: { code: "contradiction", other: 0 },
    });
  });

  test("what is left has every id once, and every id that never contradicted itself", () => {
    const question = fc.record({ id: fc.constantFrom("a", "b", "c", "d"), ground_truth: fc.constantFrom("1", "2") });
    fc.assert(
      fc.property(fc.array(question), (questions) => {
        const repeats = findRepeats(questions);
        const left = questions.filter((_, place) => !repeats.has(place)).map(({ id }) => id);
        const answers = new Map<string, Set<string>>();
        for (const { id, ground_truth } of questions) {
          answers.set(id, new Set([...(answers.get(id) ?? []), ground_truth]));
        }
        const consistent = [...answers].filter(([, truths]) => truths.size === 1).map(([id]) => id);
        expect(left.toSorted()).toEqual(consistent.toSorted());
      }),
    );
  });
});
