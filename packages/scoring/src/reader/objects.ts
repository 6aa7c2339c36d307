/** Answers that are objects in words: one, or a list in the order that is asked for. */

const COMPARED = /(?:closer|nearer|closest|nearest|shorter|shortest)\b[^.!?\n]{0,60}?(\bthan\b)/i;
const FOLLOWED = /,?\s*\b(?:which is |and is )?followed by\b/i;

/**
 * An answer up to where it goes on to name objects that it has ruled out: "the sink, followed by the bed", "the sink is
 * closer than the bed". The first place is the answer: nothing is left open.
 */
export function withoutRunnersUp(text: string): string {
  const followed = FOLLOWED.exec(text);
  const short = followed === null ? text : text.slice(0, followed.index);
  const compared = COMPARED.exec(short);
  if (compared === null) return short;
  return short.slice(0, compared.index + compared[0].length - (compared[1] ?? "").length);
}

/** Words that only number or join the items of a list. */
const LIST_WORDS = new Set(
  "a an the and then first second third fourth fifth firstly secondly thirdly lastly finally next last after that comes come is was followed by 1 2 3 4 5 6 1st 2nd 3rd 4th 5th".split(
    " ",
  ),
);

/** The words of a list without what only numbers or joins its items: "First the bed, then the sink" is "bed sink". */
export function orderWords(words: readonly string[]): string[] {
  return words.filter((word) => !LIST_WORDS.has(word));
}

const ARTICLES = new Set(["a", "an", "the"]);
const VERBS = new Set(["is", "was", "it's", "it’s", "be", "seems", "looks", "appears"]);
const SUPERLATIVES = new Set(["closest", "nearest", "closer", "nearer"]);

/** What comes before an answer and says nothing of it. */
const LEAD = new Set(
  "so thus therefore hence okay ok yes sure well my your our final answer result i think believe guess say would it's it is that this probably likely".split(
    " ",
  ),
);

/**
 * The object that a sentence states: what follows its last verb ("It is the sink"), or what stands before it when only
 * the question's own words follow ("the sink is the closest").
 */
export function statedObject(all: readonly string[]): readonly string[] {
  const verb = all.findLastIndex((word) => VERBS.has(word));
  const after = withoutLead(all.slice(verb + 1));
  return verb > 0 && SUPERLATIVES.has(after[0] ?? "") ? withoutLead(all.slice(0, verb)) : after;
}

function withoutLead(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !ARTICLES.has(word) && !LEAD.has(word));
  return start < 0 ? [] : words.slice(start);
}
