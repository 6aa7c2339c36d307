import type { SceneFacts } from "@vsi/geometry";
import { FactsError } from "../errors/factsError.ts";

/** Ten thousand kilometres: Earth-centred coordinates fit, and no square or sum of such numbers overflows. */
const LARGEST_NUMBER = 1e7;

const ADVICE = "Build the scene facts again from the scan; a question from these would have no true answer.";

/** What the checks of a scene's facts share. */
export interface FactsChecks {
  /** @throws FactsError always. */
  fail(code: string, place: string, got: unknown, expected: string): never;
  /** @throws FactsError "facts-number" unless there are `count` numbers of at most 1e7. */
  checkNumbers(place: string, values: readonly number[], count: number): void;
}

/** The checks, with the scene's name in their errors. */
export function factsChecks({ scene_name }: SceneFacts): FactsChecks {
  const file = `facts of ${JSON.stringify(scene_name)}`;
  const fail = (code: string, place: string, got: unknown, expected: string): never => {
    throw new FactsError(code, { file, place, got: describe(got), expected, advice: ADVICE });
  };
  return {
    fail,
    checkNumbers(place, values, count) {
      if (!Array.isArray(values) || values.length !== count) {
        fail("facts-number", place, values, `${count} numbers`);
      }
      for (const [index, value] of values.entries()) {
        if (!(Math.abs(value) <= LARGEST_NUMBER) || typeof value !== "number") {
          fail(
            "facts-number",
            `${place}[${index}]`,
            value,
            `a number between -${LARGEST_NUMBER} and ${LARGEST_NUMBER}`,
          );
        }
      }
    },
  };
}

/** JSON, but with NaN and infinities by name. */
function describe(value: unknown): string {
  return typeof value === "number" ? String(value) : (JSON.stringify(value) ?? "nothing");
}
