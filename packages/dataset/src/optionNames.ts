import { OptionsError } from "./errors.ts";
import { describeValue, isRecord } from "./values.ts";

/**
 * Every name of an options interface, complete by its type: what a function hands to `checkOptionNames` where it has no
 * constant of defaults that lists them all.
 */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/**
 * Refuses an option that a function does not have. TypeScript does so only for literals; from JavaScript, or through a
 * variable, `{ sed: 1 }` would quietly mean the default seed.
 *
 * @param options what the caller gave; nothing (undefined, null) is no options.
 * @param known an object with every option's name as a key: the defaults, or OptionNames.
 * @param where the function, as a caller knows it: "generateQuestions".
 * @throws OptionsError "option-unknown"; "options-not-an-object" for a number, a text or a list.
 */
export function checkOptionNames(options: unknown, known: object, where: string): void {
  if (options === undefined || options === null) return;
  const file = `options of ${where}`;
  if (!isRecord(options)) {
    throw new OptionsError("options-not-an-object", {
      file,
      place: "value",
      got: describeValue(options),
      expected: `an object with some of ${Object.keys(known).join(", ")}`,
      advice: "Give the options by name.",
    });
  }
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(known, name)) continue;
    const close = closestName(name, Object.keys(known));
    throw new OptionsError("option-unknown", {
      file,
      place: name,
      got: "an option that does not exist",
      expected: `one of ${Object.keys(known).join(", ")}`,
      advice: close === null ? "Remove it, or check its name." : `Did you mean "${close}"?`,
    });
  }
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
