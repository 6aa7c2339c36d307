/** The tags of the modes' prompts (Liao et al., arXiv 2504.00883). */
export type TagName = "think" | "observe" | "answer";

/** One tag of a completion. */
export interface Tag {
  name: TagName;
  closing: boolean;
  /** Offsets in UTF-16 units: `start` of "<", `end` after ">". */
  start: number;
  end: number;
  /** False for one that is only like the tag asked for: "<Answer>", "< answer >". */
  exact: boolean;
}

// At most three blanks: more is no slip of a model, and unbounded blanks would make the search quadratic.
const TAG = /<[ \t]{0,3}(\/?)[ \t]{0,3}(think|observe|answer)[ \t]{0,3}>/iy;

/** All think, observe and answer tags in order, in time linear in the text. */
export function findTags(text: string): Tag[] {
  const tags: Tag[] = [];
  // From one "<" to the next: the expression alone, tried at every character, is several times slower.
  for (let start = text.indexOf("<"); start >= 0; start = text.indexOf("<", start + 1)) {
    TAG.lastIndex = start;
    const match = TAG.exec(text);
    if (match === null) continue;
    const name = match[2]!.toLowerCase() as TagName;
    const closing = match[1] === "/";
    const exact = match[0] === (closing ? `</${name}>` : `<${name}>`);
    tags.push({ name, closing, start, end: start + match[0].length, exact });
  }
  return tags;
}
