const WORD = /[\p{L}\p{N}\p{M}]+(?:['’]\p{L}+)*/gu;
const ASCII_WORD = /[a-z0-9]+(?:'[a-z]+)*/g;
const NOT_ASCII = /[^\0-\x7f]/;

/** The words of a text in lower case, without what stands between them: "Front-Left." is ["front", "left"]. */
export function plainWords(text: string): string[] {
  // The same in a third of the time: most answers and nearly all options are ASCII.
  if (!NOT_ASCII.test(text)) return text.toLowerCase().match(ASCII_WORD) ?? [];
  return text.normalize("NFKC").toLowerCase().match(WORD) ?? [];
}
