/** Enough to recognise an answer; a whole completion would bury the table. */
const LONGEST_SHOWN_TEXT = 100;

/** A model's text in one short line for a terminal: quoted, control characters escaped, the end cut. */
export function shortLine(text: string): string {
  const quoted = JSON.stringify(text.length > LONGEST_SHOWN_TEXT ? `${text.slice(0, LONGEST_SHOWN_TEXT)}…` : text);
  // JSON leaves DEL, the C1 controls and the bidirectional ones as they are, and terminals obey them.
  return quoted.replace(/[\u007f-\u009f\p{Cf}]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
