/** The text, or as much of its beginning as fits into `limit` characters (code points) with "…" at the end. */
export function shorten(text: string, limit: number): string {
  // A code point is at most two units, so texts of megabytes are never split whole.
  const characters = [...text.slice(0, 2 * limit + 2)];
  return characters.length <= limit
    ? text
    : `${characters
        .slice(0, limit - 1)
        .join("")
        .trimEnd()}…`;
}
