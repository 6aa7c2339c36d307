import { editsBetween } from "@vsi/dataset/internal";

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
    const edits = editsBetween(typed.toLowerCase(), name.toLowerCase());
    if (edits < fewest) [best, fewest] = [name, edits];
  }
  return best;
}
