import { at } from "@vsi/dataset/internal";
import { QuestionsError } from "./errors.ts";
import { remembered } from "./remembered.ts";

/**
 * Puts `values` in the places of a template ("How many {category}(s) are in this room?") in one pass, so that a label
 * with braces or "$&" stays as it is.
 *
 * @throws QuestionsError "template-place" when the template names a place that has no value.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const parts = partsOf(template);
  let text = "";
  let isPlace = false;
  for (const part of parts) {
    text += isPlace ? valueIn(part, values, template) : part;
    isPlace = !isPlace;
  }
  return text;
}

function valueIn(place: string, values: Readonly<Record<string, string>>, template: string): string {
  const value = Object.hasOwn(values, place) ? values[place] : undefined;
  if (value !== undefined) return value;
  throw new QuestionsError("template-place", {
    file: "question template",
    place: `"${template}"`,
    got: `{${place}}`,
    expected: `one of ${Object.keys(values).join(", ") || "no places"}`,
    advice: "Correct the template's JSON file in question-templates.",
  });
}

/** Literals and the names of places, which take turns; a literal is first and last. */
function partsOf(template: string): readonly string[] {
  return remembered(PARTS, template, () => template.split(/\{(\w+)\}/));
}

/** Of a few dozen templates, one fills hundreds of a scan's questions. */
const PARTS = new Map<string, readonly string[]>();

/**
 * The values in a template's places that give `text`, or null when none do: fillTemplate backwards. Where there are
 * several ways to split the text, the earliest places take the shortest values.
 *
 * @param template with places in braces; a place that stands twice must have the same value.
 * @param accepts whether a text may be the value of a place.
 */
export function matchTemplate(
  template: string,
  text: string,
  accepts: (value: string, place: string) => boolean,
): Record<string, string> | null {
  const [first = "", ...rest] = partsOf(template);
  if (!text.startsWith(first) || !inOrder([first, ...rest.filter((_, index) => index % 2 === 1)], text)) {
    return null;
  }
  return matchRest(rest, text.slice(first.length), new Map(), accepts);
}

/** Without this check, a truncated text would be tried in every possible split. */
function inOrder(literals: readonly string[], text: string): boolean {
  let from = 0;
  for (const literal of literals) {
    const found = text.indexOf(literal, from);
    if (found < 0) {
      return false;
    }
    from = found + literal.length;
  }
  return text.endsWith(at(literals, literals.length - 1));
}

function matchRest(
  parts: readonly string[],
  text: string,
  values: ReadonlyMap<string, string>,
  accepts: (value: string, place: string) => boolean,
): Record<string, string> | null {
  const [place, literal, ...rest] = parts;
  if (place === undefined || literal === undefined) {
    return text === "" ? Object.fromEntries(values) : null;
  }
  const isLast = rest.length === 0;
  let end = isLast ? text.length - literal.length : text.indexOf(literal, 1);
  while (end > 0) {
    const value = text.slice(0, end);
    if (text.startsWith(literal, end) && (values.get(place) ?? value) === value && accepts(value, place)) {
      const found = matchRest(rest, text.slice(end + literal.length), new Map(values).set(place, value), accepts);
      if (found) {
        return found;
      }
    }
    end = isLast ? -1 : text.indexOf(literal, end + 1);
  }
  return null;
}

/** The letters of options, in order. VSI-Bench lists at most four; the directions in which a camera moves are six. */
export const OPTION_LETTERS = ["A", "B", "C", "D", "E", "F"] as const;

/** VSI-Bench's form of the answers to choose from: "A. left", "B. right". At most six. */
export function letteredOptions(choices: readonly string[]): string[] {
  return choices.map((choice, index) => `${at(OPTION_LETTERS, index)}. ${choice}`);
}

/**
 * Doubles carry 15 to 17 digits; at 12 the noise of a sum or product (2.675 * 100 = 267.49999999999994) is gone and
 * every real measurement is left.
 */
const SIGNIFICANT_DIGITS = 12;

/**
 * A number as the answer's text, with exactly `decimals` digits behind the point ("6.0"). Halves are rounded up, away
 * from zero, on the decimal value as people write it: 0.25 gives "0.3" and 2.675 gives "2.68", where `toFixed` and
 * Python's `round` give what the binary fraction happens to be. VSI-Bench names no rule for halves.
 *
 * @param value not negative.
 */
export function roundAnswer(value: number, decimals: number): string {
  const scale = 10 ** decimals;
  return (Math.round(Number((value * scale).toPrecision(SIGNIFICANT_DIGITS))) / scale).toFixed(decimals);
}
