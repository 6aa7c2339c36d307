/**
 * What XML 1.0 or HTML has no place for, what moves a terminal's cursor, and what turns the reading direction of its
 * neighbours.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\p{Noncharacter_Code_Point}]+/gu;

/**
 * Text as one harmless line, for a terminal or a chart: white space becomes one space, what can't be printed
 * "\uFFFD".
 */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").replace(UNPRINTABLE, "\uFFFD").trim();
}
