import { DISTANCE_KINDS } from "./distances/objectDistances.ts";
import { OptionsError } from "./errors/optionsError.ts";
import type { GenerateOptions } from "./generateOptions.ts";
import { PROTOCOL_NAMES, PROTOCOLS, protocolTypes } from "./protocols/protocols.ts";
import { LABEL_KINDS } from "./scene/scene.ts";

/**
 * Checks options that came from a command line or from JavaScript without types. Those that are left out pass.
 *
 * @throws OptionsError "options-protocol", "options-type" (also a type that only another protocol has), "options-seed",
 * "options-max-per-scene", "options-labels", "options-distance", "options-min-visible-pixels", "options-count-visible".
 */
export function validateOptions(options: Partial<GenerateOptions> & Pick<GenerateOptions, "protocol">): void {
  const fail = (code: string, place: string, got: unknown, expected: string): never => {
    const advice = `Set ${place} to ${expected}, or leave it out for the default.`;
    throw new OptionsError(code, { file: "options", place, got: String(got), expected, advice });
  };
  const checkWord = (name: "protocol" | "labels" | "distance", words: readonly string[]): void => {
    const value = options[name];
    if (value !== undefined && !words.includes(value)) {
      fail(`options-${name}`, name, value, `one of ${words.join(", ")}`);
    }
  };
  checkWord("protocol", PROTOCOL_NAMES);
  checkWord("labels", LABEL_KINDS);
  checkWord("distance", DISTANCE_KINDS);
  const types: readonly string[] = protocolTypes(PROTOCOLS[options.protocol]);
  for (const type of options.types ?? []) {
    if (!types.includes(type)) {
      fail("options-type", "types", type, `some of ${options.protocol}'s ${types.join(", ")}`);
    }
  }
  if (options.seed !== undefined && !Number.isSafeInteger(options.seed)) {
    fail("options-seed", "seed", options.seed, "an integer");
  }
  const { minVisiblePixels, countVisible } = options;
  if (minVisiblePixels !== undefined && !(Number.isSafeInteger(minVisiblePixels) && minVisiblePixels >= 1)) {
    fail("options-min-visible-pixels", "minVisiblePixels", minVisiblePixels, "an integer of at least 1");
  }
  if (countVisible !== undefined && typeof countVisible !== "boolean") {
    fail("options-count-visible", "countVisible", countVisible, "true or false");
  }
  for (const [type, limit] of Object.entries(options.maxPerScene ?? {})) {
    if (!types.includes(type)) {
      fail("options-max-per-scene", "maxPerScene", type, `limits of ${options.protocol}'s ${types.join(", ")}`);
    }
    if (!Number.isSafeInteger(limit) || limit < 0) {
      fail("options-max-per-scene", `maxPerScene.${type}`, limit, "an integer of at least 0");
    }
  }
}
