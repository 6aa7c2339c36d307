import type { ExclusionReason } from "../sceneFacts.ts";

export interface LabelRule {
  /** The canonical name that synonyms, plurals and typos share. */
  category: string;
  /** Null when questions may name such an object. */
  excluded: ExclusionReason | null;
}

/** By raw label. A label without a rule is its own category and may be named. */
export type LabelRules = ReadonlyMap<string, LabelRule>;
