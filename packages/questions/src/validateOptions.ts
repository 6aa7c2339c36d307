import { QUESTION_TYPES } from "@vsi/dataset";
import { OptionsError } from "./errors/optionsError.ts";
import { type GenerateOptions, PROTOCOL_NAMES } from "./generateOptions.ts";

/**
 * Checks options that came from a command line or from JavaScript without types.
 *
 * @throws OptionsError "options-protocol", "options-type", "options-seed", "options-max-per-scene".
 */
export function validateOptions(options: GenerateOptions): void {
  const types: readonly string[] = QUESTION_TYPES;
  const fail = (code: string, place: string, got: unknown, expected: string): never => {
    const advice = `Set ${place} to ${expected}, or leave it out for the default.`;
    throw new OptionsError(code, { file: "options", place, got: String(got), expected, advice });
  };
  if (!PROTOCOL_NAMES.includes(options.protocol)) {
    fail("options-protocol", "protocol", options.protocol, `one of ${PROTOCOL_NAMES.join(", ")}`);
  }
  for (const type of options.types) {
    if (!types.includes(type)) {
      fail("options-type", "types", type, `some of ${types.join(", ")}`);
    }
  }
  if (!Number.isSafeInteger(options.seed)) {
    fail("options-seed", "seed", options.seed, "an integer");
  }
  for (const [type, limit] of Object.entries(options.maxPerScene)) {
    if (!types.includes(type)) {
      fail("options-max-per-scene", "maxPerScene", type, `limits of ${types.join(", ")}`);
    }
    if (!Number.isSafeInteger(limit) || limit < 0) {
      fail("options-max-per-scene", `maxPerScene.${type}`, limit, "an integer of at least 0");
    }
  }
}
