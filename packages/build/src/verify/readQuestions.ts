import { join } from "node:path";
import { validateQuestion } from "@vsi/dataset";
import { readJsonl } from "@vsi/dataset/node";
import { splitFile } from "../reading/datasetFiles.ts";
import { problemOf, type ReportProblem } from "./problem.ts";
import type { QuestionLine } from "./questionsByScene.ts";

/** A split's questions that have their form; what has not is reported, and `onBad` is called. */
export async function* readQuestions(
  folder: string,
  split: string,
  report: ReportProblem,
  onBad: () => void,
): AsyncGenerator<QuestionLine, void> {
  const file = splitFile(split);
  try {
    for await (const { line, record } of readJsonl(join(folder, file))) {
      try {
        validateQuestion(record, { file, place: `line ${line}` });
      } catch (error) {
        onBad();
        report(problemOf(error, { file, line, id: idOf(record) }));
        continue;
      }
      yield { line, question: record };
    }
  } catch (error) {
    onBad();
    const advice = "The lines after it were not checked. Take the file again from where it came from.";
    report(problemOf(error, { file, line: null, id: null }, advice));
  }
}

function idOf(record: unknown): string | null {
  const id = (record as { id?: unknown } | null)?.id;
  return typeof id === "string" ? id : null;
}
