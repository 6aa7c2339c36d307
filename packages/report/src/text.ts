/** A share as papers print it, in percent with one decimal: 0.354 is "35.4"; null, a table's empty cell, stays null. */
export function percent(share: number): string;
export function percent(share: number | null): string | null;
export function percent(share: number | null): string | null {
  return share === null ? null : (share * 100).toFixed(1);
}

/** Beyond these, digits without an exponent are a row of zeros. */
const LARGEST_PLAIN = 1e15;
const SMALLEST_PLAIN = 1e-6;

const PLAIN = new Intl.NumberFormat("en-US", {
  maximumFractionDigits: 3,
  maximumSignificantDigits: 3,
  roundingPriority: "morePrecision",
});

/**
 * A number for people: "1,234.568", "0.000123", "1.2e+20", "NaN". Thousands are set apart; three decimals, or three
 * significant digits where that is more.
 */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (size !== 0 && (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN)) {
    return value.toExponential(2).replace(/\.?0+e/, "e");
  }
  return PLAIN.format(value === 0 ? 0 : value); // Minus zero would print as "-0".
}

/** What is markup in XML and HTML alike. */
const MARKUP: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const HTML_ENTITIES: Readonly<Record<string, string>> = {
  ...MARKUP,
  // A parser would turn a plain carriage return into a line feed.
  "\r": "&#13;",
  // HTML has no way to write it.
  "\0": "\uFFFD",
};

/** Text as it may stand between HTML tags or in a quoted attribute; an HTML parser reads the same text back. */
export function escapeHtml(text: string): string {
  // Half a surrogate pair can't be written as UTF-8.
  return text
    .replace(/[&<>"'\r\0]/g, (character) => HTML_ENTITIES[character] ?? character)
    .replace(/\p{Cs}/gu, "\uFFFD");
}

/** What XML 1.0 can't hold, not even escaped: control characters, halves of surrogate pairs, noncharacters. */
const UNWRITABLE_IN_XML = /[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu;

/** Text as it may stand between XML tags or in a quoted attribute, such as those of an SVG file. */
export function escapeXml(text: string): string {
  return text.replace(UNWRITABLE_IN_XML, "\uFFFD").replace(/[&<>"']/g, (character) => MARKUP[character] ?? character);
}

/**
 * What XML 1.0 or HTML has no place for, what moves a terminal's cursor, and what turns the reading direction of its
 * neighbours.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\p{Noncharacter_Code_Point}]+/gu;

/**
 * Text as one harmless line, for a terminal or a chart: white space becomes one space, what can't be printed "\uFFFD".
 */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").replace(UNPRINTABLE, "\uFFFD").trim();
}

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
