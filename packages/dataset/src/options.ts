import { OptionsError } from "./errors.ts";
import { ANY, describeGiven, type Kind, NUMBER, SWITCH, TEXT, unfitPart } from "./kinds.ts";
import { isRecord } from "./values.ts";

/** What each option of an interface must be, complete by its type. */
export type OptionKinds<Options> = Readonly<Record<keyof Options, Kind>>;

/**
 * Refuses an option that a function does not have, and a value of another type than the option's. TypeScript does so
 * only for literals; from JavaScript, or through a variable, `{ sed: 1 }` would quietly mean the default seed.
 *
 * @param options what the caller gave; undefined is no options.
 * @param known every option by name: its kind, or its default, which says whether it is a switch, a number or a text.
 * @param where the function, as a caller knows it: "generateQuestions".
 * @throws OptionsError "option-unknown"; "option-value"; "options-not-an-object" for a number, a text or a list.
 */
export function checkOptions(options: unknown, known: object, where: string): void {
  if (options === undefined) return;
  checkNames(options, known, where);
  for (const [name, value] of Object.entries(options)) {
    const kind = kindOf((known as Readonly<Record<string, unknown>>)[name]);
    if (value !== undefined && !kind.fits(value)) throw unfitError(where, name, value, kind, true);
  }
}

/**
 * The same for an object that must be there, such as what a chart shows: what is missing is refused too, unless its kind
 * is optional.
 *
 * @throws OptionsError as checkOptions.
 */
export function checkRecord(value: unknown, kinds: Readonly<Record<string, Kind>>, where: string): void {
  checkNames(value, kinds, where);
  for (const [name, kind] of Object.entries(kinds)) {
    if (!kind.fits(value[name])) throw unfitError(where, name, value[name], kind, kind.fits(undefined));
  }
}

function checkNames(options: unknown, known: object, where: string): asserts options is Record<string, unknown> {
  if (!isRecord(options)) {
    throw new OptionsError("options-not-an-object", {
      file: `options of ${where}`,
      place: "value",
      got: describeGiven(options),
      expected: `an object with some of ${Object.keys(known).join(", ")}`,
      advice: "Give the options by name.",
    });
  }
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(known, name)) throw unknownOption(name, Object.keys(known), where);
  }
}

/** What an option must be, from its kind or its default; null and lists say nothing. */
function kindOf(known: unknown): Kind {
  if (isRecord(known) && typeof known.fits === "function") return known as unknown as Kind;
  if (typeof known === "boolean") return SWITCH;
  if (typeof known === "number") return NUMBER;
  return typeof known === "string" ? TEXT : ANY;
}

function unknownOption(name: string, known: readonly string[], where: string): OptionsError {
  const close = closestName(name, known);
  return new OptionsError("option-unknown", {
    file: `options of ${where}`,
    place: name,
    got: "an option that does not exist",
    expected: `one of ${known.join(", ")}`,
    advice: close === null ? "Remove it, or check its name." : `Did you mean "${close}"?`,
  });
}

function unfitError(where: string, name: string, given: unknown, kind: Kind, hasDefault: boolean): OptionsError {
  const part = unfitPart(name, given, kind);
  return optionError(where, part.name, part.value, part.kind.words, hasDefault);
}

/**
 * An option with a value that it does not take.
 *
 * @param hasDefault whether it may be left out.
 */
export function optionError(
  where: string,
  name: string,
  got: unknown,
  expected: string,
  hasDefault = true,
): OptionsError {
  const option = /^\w+/.exec(name)?.[0] ?? name;
  return new OptionsError("option-value", {
    file: `options of ${where}`,
    place: name,
    got: describeGiven(got),
    expected,
    advice: hasDefault ? `Correct ${option}, or leave it out for the default.` : `Give ${option}; it has no default.`,
  });
}

/**
 * The name that a misspelt one most likely meant: the fewest letters to insert, remove, change or swap with their
 * neighbour, at most a third of the longer name; null when none is that close. Letter case does not count.
 */
export function closestName(misspelt: string, names: Iterable<string>): string | null {
  let closest: { name: string; edits: number } | null = null;
  for (const name of names) {
    const edits = editsBetween(misspelt.toLowerCase(), name.toLowerCase());
    const isClose = edits * 3 <= Math.max(misspelt.length, name.length);
    if (isClose && (closest === null || edits < closest.edits)) closest = { name, edits };
  }
  return closest?.name ?? null;
}

/** Optimal string alignment distance: insertions, removals, changes and swaps of neighbours. */
export function editsBetween(one: string, other: string): number {
  let before: number[] = [];
  let last: number[] = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const change = (last[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      let least = Math.min(change, (last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1);
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        least = Math.min(least, (before[column - 2] ?? 0) + 1);
      }
      next.push(least);
    }
    before = last;
    last = next;
  }
  return last[other.length] ?? 0;
}
