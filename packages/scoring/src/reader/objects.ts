/** Answers that are objects in words: one, or a list in the order that is asked for. */

const COMPARED = /(?:closer|nearer|closest|nearest|shorter|shortest)\b[^.!?\n]{0,60}?(\bthan\b)/i;
const BUT = /\bbut\b/i;
const FOLLOWED = /,?\s*\b(?:which is |and is )?followed by\b/i;

/** Why an answer is the right one is no part of it. */
const REASON =
  /,?\s+(?:because|since|as it|as the|which is)\b|,\s+i (?:think|believe|guess|suppose)[.!]?$|\s\((?:the )?(?:closest|nearest)\b|(?<=\w)\s?—\s?it(?=['’]s\b| is\b)/i;

/** "Among the bed, the sink and the table, the sink is closest" names its choices first. */
const CHOICES = /^\s*(?:among|amongst|out of|of|from|between)\b.*,(?=[^,]*\b(?:is|it['’]s)\b)/is;
const LABEL = /^\s*(?:the )?(?:closest|nearest)(?: object| one| item)?\s*:/i;

/**
 * An answer up to where it goes on to name objects that it has ruled out: "the sink, followed by the bed", "the sink is
 * closer than the bed". The first place is the answer: nothing is left open.
 */
export function withoutRunnersUp(text: string): string {
  const stated = text.replace(LABEL, "").replace(CHOICES, "");
  const reason = REASON.exec(stated);
  const claim = reason === null ? stated : stated.slice(0, reason.index);
  const followed = FOLLOWED.exec(claim);
  const short = followed === null ? claim : claim.slice(0, followed.index);
  const compared = COMPARED.exec(short);
  // "B is closer than A but C is closest" goes on to another.
  if (compared === null || BUT.test(short.slice(compared.index))) return short;
  return short.slice(0, compared.index + compared[0].length - (compared[1] ?? "").length);
}

/** Words that only number or join the items of a list. */
const LIST_WORDS = new Set(
  "a an the turn and then first second third fourth fifth firstly secondly thirdly lastly finally next last after that comes come is was followed by 1 2 3 4 5 6 1st 2nd 3rd 4th 5th".split(
    " ",
  ),
);

/** The words of a list without what only numbers or joins its items: "First the bed, then the sink" is "bed sink". */
export function orderWords(words: readonly string[]): string[] {
  return words.filter((word) => !LIST_WORDS.has(word));
}

/** A list without what introduces it: "The objects appear in the order bed, sink". */
export function withoutOrder(text: string): string {
  return text.replace(ORDER, "");
}

const ARTICLES = new Set(["a", "an", "the"]);
const VERBS = new Set(["is", "was", "it's", "it’s", "be", "seems", "looks", "appears", "would", "should", "must"]);
/** What the question's own words begin with: "closest to the stove", "right next to it". */
const SUPERLATIVES = new Set(["closest", "nearest", "closer", "nearer", "right", "next", "beside", "adjacent"]);
const ORDER = /^.*\border\b(?: of (?:first )?appearance)?(?: is| was)?\s*:?/is;

/** What comes before an answer and says nothing of it. */
const LEAD = new Set(
  "so thus therefore hence okay ok yes sure well my your our final answer result i i'd i’d i'll think believe guess say go with choose pick would it's it is that this probably likely definitely clearly certainly".split(
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
  if (!SUPERLATIVES.has(after[0] ?? "")) return after;
  // "Seems to be", "would be": the object ends where the first of them starts.
  const first = all.findIndex((word, place) => place > 0 && VERBS.has(word));
  const before = first > 0 ? withoutLead(all.slice(0, first)) : [];
  return before.length > 0 ? before : after;
}

function withoutLead(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !ARTICLES.has(word) && !LEAD.has(word));
  return start < 0 ? [] : words.slice(start);
}
