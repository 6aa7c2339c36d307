import type { Evidence, Question, QuestionType } from "@vsi/dataset";
import { at } from "@vsi/dataset/internal";
import type { VerifySettings } from "../../folder/manifest.ts";
import type { VerifiedFrame, VerifiedScene } from "../../folder/scene.ts";

/** A question's answer by its type's definition, from the objects and frames that its evidence names. */
export interface Recomputed {
  /** What goes into the template's places. */
  words: Readonly<Record<string, string>>;
  ground_truth: string;
  /** The objects in the definition's order; the evidence must name the same. */
  object_ids: readonly number[];
  value: number | null;
  unit: Evidence["unit"];
  margin: number | null;
  /** The frames that the answer rests on; absent where they are those that show the objects. */
  frames?: readonly VerifiedFrame[];
  /** The points walked, metres on the floor; absent where nobody walks. */
  route?: NonNullable<Evidence["route"]>;
  /** Where the answer is a choice: what may be chosen from. */
  choices?: Choices;
}

/** How question types are answered a second time, by type: what each topic's file tells. */
export type RecomputeTypes = Readonly<
  Partial<Record<QuestionType, (question: Question, scene: VerifiedScene, settings: VerifySettings) => Recomputed>>
>;

/** What may be chosen from. */
export interface Choices {
  /** Every text that may be listed. */
  texts: readonly string[];
  /** How many of them are listed. */
  count: number;
  /** Whether they are listed in the order of `texts`. */
  inOrder: boolean;
}

/** Puts `words` into a template's places; a place without a word stays as it is, and matches no question. */
export function fillPlaces(template: string, words: Readonly<Record<string, string>>): string {
  return template
    .split(/(\{\w+\})/)
    .map((part) => words[/^\{(\w+)\}$/.exec(part)?.[1] ?? ""] ?? part)
    .join("");
}

/** Names in the places {a}, {b}, {c} and so on of a template that lists them. */
export function listedWords(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, index) => [String.fromCharCode("a".charCodeAt(0) + index), name]));
}

/** 12 digits remove the noise of binary fractions (267.49999999999994 cm for 2.675 m) and keep every measurement. */
const SIGNIFICANT_DIGITS = 12;

const FORMATS = [0, 1].map(
  (decimals) =>
    new Intl.NumberFormat("en-US", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      useGrouping: false,
      roundingMode: "halfExpand",
    } as Intl.NumberFormatOptions),
);

/**
 * A number as answers write it: halves up, on the decimal value; formatted by ICU, which rounds decimal text exactly.
 */
export function roundedText(value: number, decimals: 0 | 1): string {
  return at(FORMATS, decimals).format(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
}
