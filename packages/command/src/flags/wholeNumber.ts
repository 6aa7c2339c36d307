import { UsageError } from "../usageError.ts";

/**
 * A check for a flag that takes a whole number.
 * @throws UsageError from the check, naming the flag; also when the flag was given twice.
 */
export function wholeNumber(flag: string, least: number) {
  return (value: number): number => {
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new UsageError(`${flag}: got ${value}, expected one whole number of at least ${least}.`);
  };
}
