import { join } from "node:path";
import { UsageError } from "@vsi/command";
import { type Question, validateQuestion } from "@vsi/dataset";
import { readJsonl } from "@vsi/dataset/node";
import { listDatasetFiles, splitOfFile } from "../reading/datasetFiles.ts";

/** A question and where it stands in a dataset folder. */
export interface FoundQuestion {
  split: string;
  /** POSIX path, relative to the dataset folder. */
  file: string;
  line: number;
  question: Question;
}

/** Ids that are named when the beginning of one fits several. */
const NAMED_IDS = 5;

/**
 * The question of an id, or of the only one that begins so.
 *
 * @throws UsageError when none or several do, DatasetError for a line that is no record.
 */
export async function findQuestion(folder: string, id: string): Promise<FoundQuestion> {
  const fitting: FoundQuestion[] = [];
  for (const file of await listDatasetFiles(folder)) {
    const split = splitOfFile(file);
    if (split === null) continue;
    const path = join(folder, file);
    for await (const { line, record } of readJsonl(path)) {
      const known = (record as { id?: unknown } | null)?.id;
      if (typeof known !== "string" || !known.startsWith(id)) continue;
      validateQuestion(record, { file: path.replaceAll("\\", "/"), place: `line ${line}` });
      const found = { split, file, line, question: record };
      if (known === id) return found;
      fitting.push(found);
    }
  }
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  const named = fitting.slice(0, NAMED_IDS).map(({ question }) => question.id);
  throw new UsageError(
    only === undefined
      ? `show ${id}: got no question of this id in ${folder}, expected one. Ids stand in the field "id" of data/*.jsonl.`
      : `show ${id}: ${fitting.length} ids in ${folder} begin so (${named.join(", ")}${fitting.length > NAMED_IDS ? ", ..." : ""}), expected one. Give more of it.`,
  );
}
