/**
 * The values in a template's places that give `text`, or null when none do: fillTemplate backwards. Where there are
 * several ways to split the text, the earliest places take the shortest values.
 *
 * @param template with places in braces; a place that stands twice must have the same value.
 * @param accepts whether a text may be the value of a place.
 */
export function matchTemplate(
  template: string,
  text: string,
  accepts: (value: string) => boolean,
): Record<string, string> | null {
  // With one group in the pattern, literals and the places' names take turns.
  const [first, ...rest] = template.split(/\{(\w+)\}/);
  if (!text.startsWith(first!) || !inOrder([first!, ...rest.filter((_, index) => index % 2 === 1)], text)) {
    return null;
  }
  return matchRest(rest, text.slice(first!.length), new Map(), accepts);
}

/** Without this check, a text that breaks off would be tried in every possible split. */
function inOrder(literals: readonly string[], text: string): boolean {
  let from = 0;
  for (const literal of literals) {
    const found = text.indexOf(literal, from);
    if (found < 0) {
      return false;
    }
    from = found + literal.length;
  }
  return text.endsWith(literals.at(-1)!);
}

function matchRest(
  parts: readonly string[],
  text: string,
  values: ReadonlyMap<string, string>,
  accepts: (value: string) => boolean,
): Record<string, string> | null {
  const [place, literal, ...rest] = parts;
  if (place === undefined || literal === undefined) {
    return text === "" ? Object.fromEntries(values) : null;
  }
  const isLast = rest.length === 0;
  let end = isLast ? text.length - literal.length : text.indexOf(literal, 1);
  while (end > 0) {
    const value = text.slice(0, end);
    if (text.startsWith(literal, end) && (values.get(place) ?? value) === value && accepts(value)) {
      const found = matchRest(rest, text.slice(end + literal.length), new Map(values).set(place, value), accepts);
      if (found) {
        return found;
      }
    }
    end = isLast ? -1 : text.indexOf(literal, end + 1);
  }
  return null;
}
