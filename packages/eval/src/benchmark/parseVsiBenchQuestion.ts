import { QUESTION_TYPES, type QuestionType } from "@vsi/dataset";
import { answerUnit } from "@vsi/scoring";
import { EvaluationError } from "../evaluationError.ts";
import { describeValue } from "../records/describeValue.ts";
import type { FileRecord } from "../records/readRecords.ts";
import type { EvalQuestion } from "./evalQuestion.ts";
import { readOptions } from "./readOptions.ts";
import { scoringType } from "./scoringType.ts";

const KNOWN_TYPES: ReadonlySet<unknown> = new Set(QUESTION_TYPES);

/**
 * A record of VSI-Bench's own form (Yang et al., arXiv 2412.14171): whole numbers as ids, and with options the right one's letter as
 * ground_truth, which is turned round into its text here. Exports through tables may write a scene's digits as a number and a number question's missing
 * options as an empty list. Fields it does not know are left aside.
 * @throws EvaluationError "question-field" or "question-options" with the line and the field.
 */
export function parseVsiBenchQuestion({ line, record }: FileRecord, file: string): EvalQuestion {
  const fail = (field: string, expected: string): never => {
    throw new EvaluationError("question-field", {
      file,
      place: `line ${line}, ${field}`,
      got: describeValue(record[field]),
      expected,
      advice: "Give VSI-Bench's JSONL, or a dataset folder of vsi-build.",
    });
  };
  const textOf = (field: string): string => {
    const value = record[field];
    return typeof value === "string" && value !== "" ? value : fail(field, "a text");
  };
  const numberOrText = (field: string, expected: string): string => {
    const value = record[field];
    return typeof value === "number"
      ? String(value)
      : typeof value === "string" && value !== ""
        ? value
        : fail(field, expected);
  };
  if (!KNOWN_TYPES.has(record.question_type)) fail("question_type", `one of ${QUESTION_TYPES.join(", ")}`);
  const question_type = record.question_type as QuestionType;
  const common = {
    id: numberOrText("id", "a number or a text"),
    dataset: textOf("dataset"),
    scene_name: numberOrText("scene_name", "a text"),
    question_type,
    question: textOf("question"),
    frames: [],
  };
  const truth = numberOrText("ground_truth", "the answer");
  const options = record.options ?? null;
  const isNumber = answerUnit(scoringType(question_type)) !== null;
  const hasNone = options === null || (isNumber && Array.isArray(options) && options.length === 0);
  if (hasNone) return { ...common, ground_truth: truth, options: null, mc_answer: null };
  if (isNumber) fail("options", "null: the question is answered by a number");
  const texts = readOptions(options, { file, line });
  const ground_truth = texts.get(truth) ?? fail("ground_truth", `one of the letters ${[...texts.keys()].join(", ")}`);
  return { ...common, ground_truth, options: options as string[], mc_answer: truth };
}
