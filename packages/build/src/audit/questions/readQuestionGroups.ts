import { join } from "node:path";
import { type DatasetSplit, validateQuestion } from "@vsi/dataset";
import { readJsonl } from "@vsi/dataset/node";
import type { QuestionGroup } from "./auditQuestion.ts";
import { QuestionGroups } from "./groupQuestions.ts";

/**
 * The questions of one split of a dataset folder, by type.
 * @throws DatasetError naming the file and line that cannot be read or breaks the schema.
 */
export async function readQuestionGroups(folder: string, split: DatasetSplit): Promise<QuestionGroup[]> {
  const file = join(folder, "data", `${split}.jsonl`);
  const groups = new QuestionGroups();
  for await (const { line, record } of readJsonl(file)) {
    validateQuestion(record, { file, place: `line ${line}` });
    groups.add(record);
  }
  return groups.groups();
}
