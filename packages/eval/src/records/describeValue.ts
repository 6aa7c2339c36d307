/** Longer values are cut in an error's text, which stays one readable line. */
const LONGEST_SHOWN_VALUE = 80;

/** A value from a file as an error shows it: JSON in one line, cut when it is long; "nothing" when it is missing. */
export function describeValue(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > LONGEST_SHOWN_VALUE ? `${text.slice(0, LONGEST_SHOWN_VALUE)}…` : text;
}
