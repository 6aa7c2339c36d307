/** "a,b" and repeated flags alike: every value on its own, blanks dropped. */
export function splitAtCommas(values: readonly string[]): string[] {
  return values
    .flatMap((value) => String(value).split(","))
    .map((value) => value.trim())
    .filter((value) => value !== "");
}
