import { access } from "node:fs/promises";
import { join } from "node:path";
import type { QuestionType } from "@vsi/dataset";
import { readJsonl } from "@vsi/dataset/node";

/**
 * Whether a split of a dataset has a question of one of the types (null for any). A dataset of few rooms may have an
 * empty validation file, or none.
 *
 * @throws DatasetError when a line before the first such question is not JSON.
 */
export async function hasRows(folder: string, split: string, types: readonly QuestionType[] | null): Promise<boolean> {
  const path = join(folder, "data", `${split}.jsonl`);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return false;
  for await (const { record } of readJsonl(path)) {
    const type = (record as { question_type?: QuestionType } | null)?.question_type;
    if (types === null || (type !== undefined && types.includes(type))) return true;
  }
  return false;
}
