/**
 * "Did you mean --seed?", or an empty text where nothing known is near.
 *
 * @param shown how a known name is written in the question.
 */
export function didYouMean(typed: string, known: readonly string[], shown: (name: string) => string): string {
  const near = nearest(typed, known);
  return near === null ? "" : ` Did you mean ${shown(near)}?`;
}

/** The known word with the fewest edits, or the only one that begins like it; null where none is near. */
function nearest(typed: string, known: readonly string[]): string | null {
  const beginning = known.filter((name) => typed.length > 1 && name.startsWith(typed));
  if (beginning.length === 1) return beginning[0] ?? null;
  let best: string | null = null;
  // A third of the letters wrong is another word.
  let fewest = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const name of known) {
    const edits = editDistance(typed.toLowerCase(), name.toLowerCase());
    if (edits < fewest) [best, fewest] = [name, edits];
  }
  return best;
}

/** Letters to insert, drop, replace or swap with their neighbour (optimal string alignment). */
function editDistance(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (last[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      let edits = Math.min(replaced, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        edits = Math.min(edits, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(edits);
    }
    [beforeLast, last] = [last, current];
  }
  return last[other.length] ?? 0;
}
