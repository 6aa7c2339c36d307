/**
 * What a terminal obeys instead of showing (C0 and C1 controls with ESC, BEL and DEL; a tab and a line feed are
 * harmless) and what turns the reading direction of its neighbours or breaks a line unseen (UAX #9, "Trojan Source").
 */
const OBEYED = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Text of any origin as a terminal may print it: what it would obey is written as JSON writes it ("\u001b"). JSON stays
 * JSON of the same value. Everything a command prints goes through here: a dataset, a model's answer and a file name
 * may come from anybody.
 */
export function printable(text: string): string {
  return text.replace(OBEYED, (character) =>
    character === "\n" || character === "\t"
      ? character
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** `printable` for a text that must not break the line it is part of. */
export function printableLine(text: string): string {
  return printable(text).replaceAll("\n", "\\n").replaceAll("\t", "\\t");
}
