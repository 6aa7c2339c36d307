import type { Question } from "@vsi/dataset";
import { markdownTable } from "@vsi/report";
import type { TypeSummary } from "./summarizeQuestions.ts";

const UNIT_SIGNS = { m: " m", cm: " cm", m2: " m²", degree: "°", s: " s", count: "" } as const;

/** A type's examples: the questions with what their answers rest on. */
export function exampleTable({ examples }: TypeSummary): string {
  return markdownTable({
    columns: [
      { head: "id" },
      { head: "scan" },
      { head: "question" },
      { head: "answer" },
      { head: "measured", align: "right" },
      { head: "objects" },
    ],
    rows: examples.map((question) => [
      question.id,
      question.scene_name,
      [question.question, ...(question.options ?? [])].join(" "),
      question.mc_answer === null ? question.ground_truth : `${question.mc_answer} (${question.ground_truth})`,
      measured(question),
      question.evidence.object_ids.join(", "),
    ]),
  });
}

function measured({ evidence: { value, unit } }: Question): string | null {
  // Four digits, so that the rounding of the answer can be followed; the file has all of them.
  return value === null ? null : `${Number(value.toFixed(4))}${unit === null ? "" : UNIT_SIGNS[unit]}`;
}
