/**
 * A value as JSON in one line, for an error's text: "nothing" for undefined, and never an error of its own. JSON.parse
 * reads any nesting, but JSON.stringify goes by recursion and overflows the stack at a few thousand.
 */
export function shownJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "nothing";
  } catch {
    // Nested too deeply; from JavaScript also a bigint, or an object that holds itself.
    return "what JSON can't hold";
  }
}

/**
 * Whether a value of parsed JSON has lists or objects in each other to more than `most` levels: no record of ours comes
 * near it, and code that goes by recursion is safe below.
 */
export function nestsDeeper(value: unknown, most: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= most; depth += 1) {
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
    if (level.length === 0) return false;
  }
  return true;
}

/** Levels that settings and records of runs may have; TRL's configuration has four. */
export const MOST_LEVELS = 64;
