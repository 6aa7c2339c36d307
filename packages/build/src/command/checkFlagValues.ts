import { UsageError } from "../buildError.ts";

/** Flags that take several values; `_` is what yargs calls the words without a flag. */
const LIST_FLAGS: ReadonlySet<string> = new Set(["_", "types", "scenes", "max-per-scene"]);

/**
 * Refuses what yargs lets through: a single value given twice (it makes a list of them) and an empty one.
 * @throws UsageError naming the flag.
 */
export function checkFlagValues(flags: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(flags)) {
    if (Array.isArray(value) && !LIST_FLAGS.has(name)) {
      throw new UsageError(`--${name}: got ${value.join(" and ")}, expected one value. Give it once.`);
    }
    if (value === "") throw new UsageError(`--${name}: got an empty value. Give one, or leave the flag out.`);
  }
}
