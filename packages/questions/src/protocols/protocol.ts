import type { ProtocolName, QuestionType } from "@vsi/dataset";
import type { DistanceKind, LabelKind } from "../choices.ts";
import type { ProtocolRules } from "../types/questionType.ts";

/** A dataset's rules: how its questions are worded, what distance means in them, and which are refused. */
export interface Protocol extends ProtocolRules {
  /** Written into every question. */
  name: ProtocolName;
  /** The wording, with places in braces for the labels. The protocol has the types that have a template. */
  templates: Readonly<Partial<Record<QuestionType, string>>>;
  /** Questions per scan and type; without an entry, all there are. */
  maxPerScene: Readonly<Partial<Record<QuestionType, number>>>;
  /** The names that questions use, unless an option says otherwise. */
  labels: LabelKind;
  /** What distance means, unless an option says otherwise: the first that a scene's facts can tell. */
  distances: readonly [...DistanceKind[], DistanceKind];
  /** Whether the answers to choose from are listed with letters. */
  lettersOptions: boolean;
}
