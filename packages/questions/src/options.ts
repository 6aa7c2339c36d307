import type { ProtocolName, QuestionType } from "@vsi/dataset";
import { PROTOCOL_NAMES } from "@vsi/dataset";
import { ANY, checkOptions, describeGiven } from "@vsi/dataset/internal";
import {
  DEFAULT_CHOICES,
  DISTANCE_KINDS,
  type DistanceKind,
  isBalancedBy,
  LABEL_KINDS,
  type LabelKind,
  RULES_NAMES,
  type RulesName,
} from "./choices.ts";
import { OptionsError } from "./errors.ts";
import { PROTOCOLS, protocolTypes } from "./protocols/protocols.ts";
import { VSI_100K } from "./protocols/vsi100k.ts";

/** Which questions are made, and how they are worded; the defaults are DEFAULT_GENERATE_OPTIONS. */
export interface GenerateOptions {
  /** Wording, definitions and rules. */
  protocol: ProtocolName;
  /** The question types to make, of those that the protocol has; their order does not matter. */
  types: readonly QuestionType[];
  /** A safe integer. The same facts and seed give the same questions. */
  seed: number;
  /** At most this many questions per scene, by type; types without an entry keep the protocol's own limit. */
  maxPerScene: Readonly<Partial<Record<QuestionType, number>>>;
  /** Which questions are asked. */
  rules: RulesName;
  /**
   * Whether questions are picked so that their answers cannot be guessed from the words; where left out, the rules say.
   */
  balance: boolean;
  /**
   * Whether sizes that are typical of a label are thinned out over all scenes, until no constant scores more than
   * THIN_SIZES_TO on a label's sizes.
   */
  thinSizes: boolean;
  /** Which names of the objects questions use. */
  labels: LabelKind;
  /** What the distance between two objects means. */
  distance: DistanceKind;
  /**
   * Pixels of a frame's depth image from which an object counts as seen there; at least 1. Ignored without a stream.
   * Facts whose `first_seen` was made with another number tell another order of appearance.
   */
  minVisiblePixels: number;
  /**
   * Whether counting asks what the sampled frames show, not what the room holds: labels of which some instances stay
   * unseen are then asked too. Ignored without a stream.
   */
  countVisible: boolean;
}

/**
 * The defaults under the default protocol. Another protocol brings its own `types`, `labels` and `distance`:
 * generateQuestions takes them from the protocol wherever they are left out.
 */
export const DEFAULT_GENERATE_OPTIONS: GenerateOptions = {
  ...DEFAULT_CHOICES,
  types: protocolTypes(VSI_100K),
  maxPerScene: {},
  balance: isBalancedBy(DEFAULT_CHOICES.rules),
  labels: VSI_100K.labels,
  distance: VSI_100K.distances[0],
};

/** The options, with the default of each that is left out or undefined. */
export function withDefaults(options: Partial<GenerateOptions>): GenerateOptions {
  const given = Object.fromEntries(Object.entries({ ...options }).filter(([, value]) => value !== undefined));
  return { ...DEFAULT_GENERATE_OPTIONS, ...given };
}

/**
 * Checks options that came from a command line or from JavaScript without types. Those that are left out pass.
 *
 * @param where the function that got them.
 * @param known its options, by name.
 * @throws OptionsError "options-protocol", "options-type" (also a type that only another protocol has),
 * "options-rules", "options-seed", "options-max-per-scene", "options-labels", "options-distance",
 * "options-min-visible-pixels", "options-count-visible", "options-balance", "options-thin-sizes", "option-unknown".
 */
export function validateOptions(
  options: Partial<GenerateOptions> & Pick<GenerateOptions, "protocol">,
  where = "generateQuestions",
  known: object = DEFAULT_GENERATE_OPTIONS,
): void {
  // What each value must be is said below, by its own code.
  checkOptions(options, Object.fromEntries(Object.keys(known).map((name) => [name, ANY])), where);
  const fail = (code: string, place: string, got: unknown, expected: string): never => {
    const advice = `Set ${place} to ${expected}, or leave it out for the default.`;
    throw new OptionsError(code, { file: "options", place, got: describeGiven(got), expected, advice });
  };
  const checkWord = (
    code: string,
    name: "protocol" | "rules" | "labels" | "distance",
    words: readonly string[],
  ): void => {
    const value = options[name];
    if (value !== undefined && !words.includes(value)) {
      fail(code, name, value, `one of ${words.join(", ")}`);
    }
  };
  const checkSwitch = (code: string, name: "countVisible" | "balance" | "thinSizes"): void => {
    const value = options[name];
    if (value !== undefined && typeof value !== "boolean") {
      fail(code, name, value, "true or false");
    }
  };
  checkWord("options-protocol", "protocol", PROTOCOL_NAMES);
  checkWord("options-rules", "rules", RULES_NAMES);
  checkWord("options-labels", "labels", LABEL_KINDS);
  checkWord("options-distance", "distance", DISTANCE_KINDS);
  if (options.types !== undefined && !Array.isArray(options.types)) {
    fail("options-type", "types", options.types, "a list of question types");
  }
  const types: readonly string[] = protocolTypes(PROTOCOLS[options.protocol]);
  for (const type of options.types ?? []) {
    if (!types.includes(type)) {
      fail("options-type", "types", type, `some of ${options.protocol}'s ${types.join(", ")}`);
    }
  }
  if (options.seed !== undefined && !Number.isSafeInteger(options.seed)) {
    fail("options-seed", "seed", options.seed, "an integer");
  }
  const { minVisiblePixels } = options;
  if (minVisiblePixels !== undefined && !(Number.isSafeInteger(minVisiblePixels) && minVisiblePixels >= 1)) {
    fail("options-min-visible-pixels", "minVisiblePixels", minVisiblePixels, "an integer of at least 1");
  }
  checkSwitch("options-count-visible", "countVisible");
  checkSwitch("options-balance", "balance");
  checkSwitch("options-thin-sizes", "thinSizes");
  for (const [type, limit] of Object.entries(options.maxPerScene ?? {})) {
    if (!types.includes(type)) {
      fail("options-max-per-scene", "maxPerScene", type, `limits of ${options.protocol}'s ${types.join(", ")}`);
    }
    if (!Number.isSafeInteger(limit) || limit < 0) {
      fail("options-max-per-scene", `maxPerScene.${type}`, limit, "an integer of at least 0");
    }
  }
}
