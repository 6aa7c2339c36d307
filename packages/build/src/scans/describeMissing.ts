/** How many unknown ids an error names before it only counts them. */
const NAMED_IN_ERRORS = 5;

/** Says which of the --scenes are not there, and what is. */
export function describeMissing(missing: readonly string[], present: readonly string[]): string {
  const named = missing.slice(0, NAMED_IN_ERRORS).join(", ");
  const more = missing.length > NAMED_IN_ERRORS ? ` and ${missing.length - NAMED_IN_ERRORS} more` : "";
  return `--scenes: ${named}${more} not found. ${present.length} are there, the first is ${present[0]}.`;
}
