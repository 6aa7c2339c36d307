import type { Evidence } from "@vsi/dataset";
import type { VerifiedFrame } from "../scene.ts";

/** Evidence that no answer can rest on: an object that is not there, a frame that does not show it. */
export class EvidenceError extends Error {
  override readonly name = "EvidenceError";
  readonly got: string;
  readonly expected: string;

  constructor(got: string, expected: string) {
    super(`got ${got}, expected ${expected}`);
    this.got = got;
    this.expected = expected;
  }
}

/** A template with `words` in its places; a place without a word stays as it is, and can't be what a question says. */
export function fillPlaces(template: string, words: Readonly<Record<string, string>>): string {
  return template
    .split(/(\{\w+\})/)
    .map((part) => words[/^\{(\w+)\}$/.exec(part)?.[1] ?? ""] ?? part)
    .join("");
}

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

/** 12 digits take away the noise of binary fractions (267.49999999999994 cm for 2.675 m), and leave every measurement. */
const SIGNIFICANT_DIGITS = 12;

const formats = [0, 1].map(
  (decimals) =>
    new Intl.NumberFormat("en-US", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      useGrouping: false,
      roundingMode: "halfExpand",
    } as Intl.NumberFormatOptions),
) as [Intl.NumberFormat, Intl.NumberFormat];

/** A number as answers write it: halves up, on the decimal value; formatted by ICU, which rounds decimal text exactly. */
export function roundedText(value: number, decimals: 0 | 1): string {
  return formats[decimals].format(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
}
