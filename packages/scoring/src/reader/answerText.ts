/** Where a completion's answer stands. */
export interface AnswerText {
  /** The answer's own text, trimmed; null when the completion gives several different ones. */
  text: string | null;
  /** How it was found: between tags, in \boxed{}, after "answer is" or "answer:", or the whole text. */
  found: "tags" | "boxed" | "marker" | "whole";
}

const BOXED = "\\boxed{";
const OPEN_BRACE = "{".charCodeAt(0);
const CLOSE_BRACE = "}".charCodeAt(0);
const MINUS_BEFORE = /[-\u2212]\s{0,2}\$?$/;
const MARKER = /\banswer(?:[ \t]{0,3}[:=]|[ \t]{1,3}(?:is|was)\b[ \t]{0,3}:?)/gi;

/**
 * Finds the part of a completion that is its answer. Text in tags wins; several pairs count as one only when they say
 * the same. Without an answer tag, what follows the last other closing tag is searched for \boxed{}, where several
 * count as one in the same way, and then for the last "answer is" or "answer:".
 */
export function findAnswerText(completion: string): AnswerText {
  const tags = findTags(completion);
  let text: string | undefined;
  let afterReasoning = 0;
  for (const [index, tag] of tags.entries()) {
    if (tag.closing) afterReasoning = tag.end;
    if (tag.name !== "answer" || tag.closing) continue;
    // An answer that was cut off before its closing tag reaches to the end.
    const next = tags[index + 1];
    const content = completion.slice(tag.end, next?.start).trim();
    if (text !== undefined && text !== content) return { text: null, found: "tags" };
    text = content;
  }
  if (text !== undefined) return { text, found: "tags" };
  const rest = completion.slice(afterReasoning);
  const [box, ...otherBoxes] = boxedContents(rest);
  if (box !== undefined) return { text: otherBoxes.length === 0 ? box : null, found: "boxed" };
  let marker = -1;
  // Not matchAll, which makes a new expression for every text.
  MARKER.lastIndex = 0;
  while (MARKER.test(rest)) marker = MARKER.lastIndex;
  return marker < 0 ? { text: rest.trim(), found: "whole" } : { text: rest.slice(marker).trim(), found: "marker" };
}

/** What stands in the boxes, each content once; one never closed reaches to the end. */
function boxedContents(text: string): string[] {
  const contents = new Set<string>();
  for (let box = text.indexOf(BOXED); box >= 0; ) {
    const start = box + BOXED.length;
    const end = closingBrace(text, start);
    const minus = MINUS_BEFORE.test(text.slice(Math.max(0, box - 4), box)) ? "-" : "";
    contents.add(minus + text.slice(start, end).trim());
    box = text.indexOf(BOXED, end);
  }
  return [...contents];
}

/** Where the brace closes that was opened before `start`: "\boxed{250\text{ cm}}" holds others. */
function closingBrace(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === OPEN_BRACE) depth += 1;
    else if (character === CLOSE_BRACE) depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}

/** The tags of the modes' prompts (Liao et al., arXiv 2504.00883). */
type TagName = "think" | "observe" | "answer";

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
    const [whole, slash, word = ""] = match;
    const name = word.toLowerCase() as TagName;
    const closing = slash === "/";
    const exact = whole === (closing ? `</${name}>` : `<${name}>`);
    tags.push({ name, closing, start, end: start + whole.length, exact });
  }
  return tags;
}
