import { UsageError } from "../usageError.ts";

/** What yargs calls the words without a flag. */
const WORDS_WITHOUT_FLAG = "_";

/**
 * Refuses what yargs lets through: a single value given twice (it makes a list of them) and an empty one.
 * @param lists the flags that take several values, by their long name.
 * @throws UsageError naming the flag.
 */
export function checkFlagValues(flags: Readonly<Record<string, unknown>>, lists: readonly string[] = []): void {
  for (const [name, value] of Object.entries(flags)) {
    if (Array.isArray(value) && name !== WORDS_WITHOUT_FLAG && !lists.includes(name)) {
      throw new UsageError(`--${name}: got ${value.join(" and ")}, expected one value. Give it once.`);
    }
    if (value === "") throw new UsageError(`--${name}: got an empty value. Give one, or leave the flag out.`);
  }
}
