import { join } from "node:path";
import { type Reject, validateReject } from "@vsi/dataset";
import { readJsonl } from "@vsi/dataset/node";
import { REJECTS_FILE } from "../reading/datasetFiles.ts";
import type { FoundCounts } from "./checkManifest.ts";
import { problemOf, type ReportProblem, TAKE_AGAIN } from "./problem.ts";

/**
 * Checks every line of rejects.jsonl and counts them into `found`.
 * @returns false when not every line could be counted.
 */
export async function checkRejects(
  folder: string,
  scenes: ReadonlySet<string>,
  found: FoundCounts,
  report: ReportProblem,
): Promise<boolean> {
  let complete = true;
  const place = { file: REJECTS_FILE, line: null, id: null };
  try {
    for await (const { line, record } of readJsonl(join(folder, REJECTS_FILE))) {
      try {
        validateReject(record, { file: REJECTS_FILE, place: `line ${line}` });
        count(record, found);
        const isOfScene = record.question_type !== null;
        if (isOfScene !== scenes.has(record.scene_name)) {
          const got = `${record.scene_name}, which is ${isOfScene ? "not " : ""}in scenes/`;
          const expected = isOfScene ? "a scan that was read" : "a scan that was left out";
          report({ code: "reject-scene", ...place, line, got, expected, advice: TAKE_AGAIN });
        }
      } catch (error) {
        complete = false;
        report(problemOf(error, { ...place, line }));
      }
    }
  } catch (error) {
    complete = false;
    report(
      problemOf(error, place, "The lines after it were not checked. Take the file again from where it came from."),
    );
  }
  return complete;
}

function count({ code, question_type }: Reject, found: FoundCounts): void {
  found.rejects[code] = (found.rejects[code] ?? 0) + 1;
  if (question_type === null) found.scansSkipped[code] = (found.scansSkipped[code] ?? 0) + 1;
}
