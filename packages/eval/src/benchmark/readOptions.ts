import { EvaluationError } from "../evaluationError.ts";
import { describeValue } from "../records/describeValue.ts";

const LETTERED_OPTION = /^([A-Z])\. (\S.*)$/s;

/**
 * The texts of lettered options by their letters: "A. left" is A and left.
 * @throws EvaluationError "question-options" unless `options` is a list of such options, the letters A, B, ... in their order.
 */
export function readOptions(options: unknown, where: { file: string; line: number }): Map<string, string> {
  const texts = new Map<string, string>();
  const list: unknown[] = Array.isArray(options) ? options : [];
  for (const option of list) {
    const match = typeof option === "string" ? LETTERED_OPTION.exec(option) : null;
    if (match?.[1] === String.fromCharCode(65 + texts.size)) texts.set(match[1], match[2]!);
  }
  if (texts.size < 2 || texts.size !== list.length) {
    throw new EvaluationError("question-options", {
      file: where.file,
      place: `line ${where.line}, options`,
      got: describeValue(options),
      expected: 'null, or at least two options such as "A. left", "B. right"',
      advice: "Write the options as VSI-Bench does.",
    });
  }
  return texts;
}
