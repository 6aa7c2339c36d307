import { describe, expect, test } from "@jest/globals";
import type { Evidence, Question, QuestionType } from "@vsi/dataset";
import type { Vec3 } from "@vsi/geometry";
import { guardReasoning } from "@vsi/scoring";
import { describeEvidence, marksOf, traceOf } from "../../src/explain.ts";
import type { ShownScene } from "../../src/types/questionType.ts";
import { factsWith, objectAt } from "./facts.ts";

/** A question's evidence in SHOWN_SCENE and how it is shown. */
export interface ShownCase extends Partial<Evidence> {
  ground_truth: string;
  question?: string;
  /** The evidence in words. */
  says: string;
  /** How many are drawn. */
  lines: number;
  /** Of lines, then of points. */
  labels: readonly string[];
  /** The sentence of a trace; null where there is none. */
  trace: RegExp | null;
}

const objects = [
  objectAt(1, "bed", [0, 0, 0.5], [2, 1, 0.5]),
  objectAt(2, "tv", [0, 3, 1]),
  objectAt(3, "sofa", [4, 0, 0.4]),
  objectAt(4, "lamp", [4, 3, 1]),
  objectAt(5, "desk", [2, 2, 1]),
];
const frame = (number: number, position: Vec3) => ({
  name: `00000${number}.jpg`,
  number,
  position,
  axes: [
    [1, 0, 0],
    [0, 0, -1],
    [0, 1, 0],
  ] as Vec3[],
});
/** Five objects and two frames. */
export const SHOWN_SCENE: ShownScene = {
  facts: factsWith(objects),
  nameOf: ({ label }) => label,
  objects: new Map(objects.map((object) => [object.id, object])),
  frames: [frame(1, [0, 0, 1.5]), frame(2, [3, 0, 1.5])],
  distanceKind: "box",
};

/** The question of a case. */
export function shownQuestion(type: QuestionType, shown: ShownCase): Question {
  const { ground_truth, question = "?", says, lines, labels, trace, ...evidence } = shown;
  return {
    schema: "vsi-question/1",
    id: "0123456789abcdef",
    dataset: "vsi-synth",
    scene_name: "scene9000_00",
    question_type: type,
    question,
    ground_truth,
    options: null,
    mc_answer: null,
    protocol: "vsi-bench",
    frames: [],
    evidence: { object_ids: [], value: null, unit: null, margin: null, route: null, frames: null, ...evidence },
  };
}

/** Declares the tests of how a type's questions are shown. */
export function testShown(type: QuestionType, shown: ShownCase): void {
  const question = shownQuestion(type, shown);

  describe(`${type} as it is shown`, () => {
    test("evidence in words", () => {
      expect(describeEvidence(question, SHOWN_SCENE)).toBe(shown.says);
    });

    test("marks on a plan", () => {
      const { lines, points } = marksOf(question, SHOWN_SCENE);
      expect(lines).toHaveLength(shown.lines);
      expect([...lines, ...points].map(({ label }) => label)).toEqual(shown.labels);
      expect(lines.flatMap(({ from, to }) => [...from, ...to]).every(Number.isFinite)).toBe(true);
    });

    test("without its objects and frames nothing is drawn of them", () => {
      const empty: ShownScene = { ...SHOWN_SCENE, objects: new Map(), frames: null };
      expect(describeEvidence(question, empty)).toEqual(expect.any(String));
      expect(marksOf(question, empty).lines).toHaveLength(shown.route ? shown.route.length - 1 : 0);
    });

    test("the sentence of a trace tells what was measured, and is reasoning to @vsi/scoring's guards", () => {
      const text = traceOf(question);
      if (shown.trace === null) {
        expect(text).toBeNull();
      } else {
        expect(text).toMatch(shown.trace);
        expect(guardReasoning(text ?? "")).toBeNull();
      }
      expect(traceOf({ ...question, evidence: { ...question.evidence, value: null } })).toBeNull();
    });
  });
}
