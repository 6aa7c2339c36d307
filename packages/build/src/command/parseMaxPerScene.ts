import { UsageError } from "@vsi/command";
import { QUESTION_TYPES, type QuestionType } from "@vsi/dataset";

/**
 * Reads the TYPE=N values of --max-per-scene.
 * @throws UsageError naming the value that is not of this form.
 */
export function parseMaxPerScene(values: readonly string[]): Partial<Record<QuestionType, number>> {
  const caps: Partial<Record<QuestionType, number>> = {};
  for (const value of values) {
    const [name, number, ...rest] = value.split("=");
    const type = QUESTION_TYPES.find((known) => known === name);
    if (type === undefined || number === undefined || !/^\d{1,9}$/.test(number) || rest.length > 0) {
      throw new UsageError(
        `--max-per-scene: got ${value}, expected TYPE=N such as object_abs_distance=20. Types: ${QUESTION_TYPES.join(", ")}.`,
      );
    }
    caps[type] = Number(number);
  }
  return caps;
}
