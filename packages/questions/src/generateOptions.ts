import { QUESTION_TYPES, type QuestionType } from "@vsi/dataset";

/** The protocols by name. */
export const PROTOCOL_NAMES = ["vsi-100k"] as const;

export type ProtocolName = (typeof PROTOCOL_NAMES)[number];

export interface GenerateOptions {
  /** Wording, definitions and rules. */
  protocol: ProtocolName;
  /** The question types to make; their order does not matter. */
  types: readonly QuestionType[];
  /** A safe integer. The same facts and seed give the same questions. */
  seed: number;
  /** At most this many questions a scene, by type; types without an entry keep the protocol's own limit. */
  maxPerScene: Readonly<Partial<Record<QuestionType, number>>>;
}

export const DEFAULT_GENERATE_OPTIONS: GenerateOptions = {
  protocol: "vsi-100k",
  types: QUESTION_TYPES,
  seed: 0,
  maxPerScene: {},
};
