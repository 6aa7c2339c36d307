import { checkArguments, oneOf } from "@vsi/dataset/internal";
import type { AnswerReader } from "./answerReader.ts";
import { LMMS_EVAL_READER } from "./lmmsEval.ts";
import { READER_NAMES } from "./names.ts";
import { REVSI_READER } from "./revsi.ts";
import { ROBUST_READER } from "./robust.ts";
import { VLM_EVAL_KIT_READER } from "./vlmEvalKit.ts";
import { VSI_BENCH_READER } from "./vsiBench.ts";

/**
 * The readers of answers by name, the original first and ours last.
 *
 * @example
 * ```js
 * import { READERS } from "@vsi/scoring";
 *
 * const question = { question_type: "object_counting", ground_truth: "2", options: null };
 * for (const { name, read } of READERS) console.log(name, read("2 apples in room one", question));
 * ```
 */
export const READERS = [
  VSI_BENCH_READER,
  LMMS_EVAL_READER,
  VLM_EVAL_KIT_READER,
  REVSI_READER,
  ROBUST_READER,
] as const satisfies readonly AnswerReader[];

/**
 * The reader of a name.
 *
 * @throws OptionsError for a name that none has.
 *
 * @example
 * ```js
 * import { readerNamed } from "@vsi/scoring";
 *
 * const question = { question_type: "object_counting", ground_truth: "4", options: null };
 * console.log(readerNamed("robust").read("There are four chairs.", question)); // 4
 * ```
 */
export function readerNamed(name: string): AnswerReader {
  checkArguments("readerNamed", { name: [name, oneOf(READER_NAMES)] });
  return READERS.find((one) => one.name === name) as AnswerReader;
}
