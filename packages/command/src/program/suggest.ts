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

/**
 * The only known word that begins like it, the one with the fewest edits, or the only one that shares its words; null
 * where none is near.
 */
function nearest(typed: string, known: readonly string[]): string | null {
  const beginning = known.filter((name) => typed.length > 1 && name.startsWith(typed));
  if (beginning.length === 1) return beginning[0] ?? null;
  return fewestEdits(typed, known) ?? sameWords(typed, known);
}

function fewestEdits(typed: string, known: readonly string[]): string | null {
  let best: string | null = null;
  // A third of the letters wrong is another word.
  let fewest = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const name of known) {
    const edits = editsBetween(typed.toLowerCase(), name.toLowerCase());
    if (edits < fewest) [best, fewest] = [name, edits];
  }
  return best;
}

/**
 * What other programs call it: --output-dir is --out, --num-workers --workers, --lr --learning-rate, and "counting" is
 * object_counting. The longest one whose words all stand in what was typed; null where two are alike.
 */
function sameWords(typed: string, known: readonly string[]): string | null {
  const words = wordsOf(typed);
  const stands = (word: string, others: readonly string[]): boolean =>
    word.length > 2 && others.some((other) => other.startsWith(word));
  const inside = known.filter((name) => wordsOf(name).every((word) => stands(word, words)));
  const around = known.filter((name) => words.every((word) => word.length > 2 && wordsOf(name).includes(word)));
  const initials = known.filter((name) => {
    const parts = wordsOf(name);
    return parts.length > 1 && parts.map((part) => part[0]).join("") === typed.toLowerCase();
  });
  for (const found of [inside, around, initials]) {
    const [best, second] = found.sort((a, b) => b.length - a.length);
    if (best !== undefined && best.length !== second?.length && (found !== around || second === undefined)) return best;
  }
  return null;
}

function wordsOf(name: string): string[] {
  return name.toLowerCase().split(/[-_]/);
}
