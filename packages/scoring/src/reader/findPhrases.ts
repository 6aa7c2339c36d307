/**
 * Which of the phrases a text says, in order, by index: at each word the longest phrase that starts there, and none that overlaps it, so that
 * "coffee table" is not also "table".
 */
export function findPhrases(words: readonly string[], phrases: readonly (readonly string[])[]): number[] {
  const found: number[] = [];
  for (let at = 0; at < words.length; ) {
    let best = -1;
    phrases.forEach((phrase, index) => {
      const isLonger = phrase.length > (best < 0 ? 0 : phrases[best]!.length);
      if (isLonger && phrase.every((word, offset) => words[at + offset] === word)) best = index;
    });
    if (best >= 0) found.push(best);
    at += best < 0 ? 1 : phrases[best]!.length;
  }
  return found;
}
