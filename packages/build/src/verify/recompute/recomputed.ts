import type { Evidence } from "@vsi/dataset";
import type { VerifiedFrame } from "../verifiedScene.ts";

/** A question's answer, told by its type's definition from the objects and frames that its evidence names. */
export interface Recomputed {
  /** What stands in the template's places. */
  words: Readonly<Record<string, string>>;
  ground_truth: string;
  /** The objects in the order in which the definition gives them; the evidence must name the same. */
  object_ids: readonly number[];
  value: number | null;
  unit: Evidence["unit"];
  margin: number | null;
  /** The frames that the answer rests on; absent where they are those that show the objects. */
  frames?: readonly VerifiedFrame[];
  /** Where the answer is a choice: what may be chosen from. */
  choices?: {
    /** Every text that may be listed. */
    texts: readonly string[];
    /** How many of them are. */
    count: number;
    /** Whether they are listed in the order of `texts`. */
    inOrder: boolean;
  };
}
