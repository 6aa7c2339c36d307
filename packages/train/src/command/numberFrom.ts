import { UsageError } from "@vsi/command";

/**
 * A check for a flag that takes a finite number.
 *
 * @param least the smallest that is accepted; `above` refuses the bound itself.
 * @throws UsageError from the check, naming the flag; also when the flag was given twice.
 */
export function numberFrom(flag: string, least: number, bound: "from" | "above" = "from") {
  return (value: number): number => {
    if (Number.isFinite(value) && (bound === "from" ? value >= least : value > least)) return value;
    const expected = bound === "from" ? `at least ${least}` : `above ${least}`;
    throw new UsageError(`${flag}: got ${value}, expected one number ${expected}.`);
  };
}
