import { splitAtCommas, UsageError } from "@vsi/command";
import { QUESTION_TYPES, type QuestionType } from "@vsi/dataset";

/** Reads --types. @throws UsageError naming what is no question type. */
export function parseTypes(values: readonly string[]): QuestionType[] {
  const names = splitAtCommas(values);
  if (names.length === 0) throw new UsageError(`--types: got none, expected one of ${QUESTION_TYPES.join(", ")}.`);
  return names.map((value) => {
    const type = QUESTION_TYPES.find((known) => known === value);
    if (type === undefined)
      throw new UsageError(`--types: got ${value}, expected one of ${QUESTION_TYPES.join(", ")}.`);
    return type;
  });
}
