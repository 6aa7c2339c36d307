/** Columns below which a drawing shows nothing. */
const NARROWEST = 30;

/** Whether a drawing in braille characters can be read there: a terminal of known width that says it takes UTF-8. */
export function canSketch(
  { isTTY, columns }: { isTTY?: boolean; columns?: number },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  // The first that is set decides (POSIX, Environment Variables).
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || "";
  return isTTY === true && (columns ?? 0) >= NARROWEST && /utf-?8/i.test(locale);
}
