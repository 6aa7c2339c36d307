/** A template with `words` in its places; a place without a word stays as it is, and can't be what a question says. */
export function fillPlaces(template: string, words: Readonly<Record<string, string>>): string {
  return template
    .split(/(\{\w+\})/)
    .map((part) => words[/^\{(\w+)\}$/.exec(part)?.[1] ?? ""] ?? part)
    .join("");
}
