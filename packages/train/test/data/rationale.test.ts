import { describe, expect, test } from "@jest/globals";
import { guardReasoning } from "@vsi/scoring";
import { rationale } from "../../src/data/rationale.ts";
import { makeQuestion, VSI_100K_QUESTIONS } from "../support/question.ts";

const evidence = { object_ids: [], value: null, unit: null, margin: null, route: null, frames: null };

describe("what stands between the tags", () => {
  test.each(VSI_100K_QUESTIONS)(
    "$question_type: is reasoning to @vsi/scoring's guards, and tells what was measured",
    (question) => {
      const text = rationale(question)!;
      expect(guardReasoning(text)).toBeNull();
      const measured = Math.abs(question.evidence.value!);
      const numbers = (text.match(/\d+(\.\d+)?/g) ?? []).map(Number);
      expect(numbers.some((number) => Math.abs(number - measured) < 0.06)).toBe(true);
    },
  );

  test("a turn to the left is a positive angle, as in the dataset's schema", () => {
    const direction = VSI_100K_QUESTIONS[5]!;
    expect(rationale(direction)).toContain("72 degrees to the right");
    expect(rationale({ ...direction, evidence: { ...direction.evidence, value: 40 } })).toContain(
      "40 degrees to the left",
    );
  });

  test("is nothing where nothing was measured", () => {
    expect(rationale(makeQuestion({ evidence }))).toBeNull();
    expect(
      rationale(
        makeQuestion({ question_type: "obj_appearance_order", evidence: { ...evidence, value: 3, unit: "s" } }),
      ),
    ).toBeNull();
  });
});
