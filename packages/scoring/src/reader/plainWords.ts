const WORD = /[\p{L}\p{N}\p{M}]+(?:['’]\p{L}+)*/gu;

/** The words of a text in lower case, without what stands between them: "Front-Left." is ["front", "left"]. */
export function plainWords(text: string): string[] {
  return text.normalize("NFKC").toLowerCase().match(WORD) ?? [];
}
