/** Where a completion's answer stands. */
export interface AnswerText {
  /** The answer's own text, trimmed; null when the completion gives several different ones. */
  text: string | null;
  /** How it was found: between tags, in \boxed{}, after "answer is" or "answer:", or the whole text. */
  found: "tags" | "boxed" | "marker" | "whole";
  /** What earlier "answer is" said, in order. */
  earlier: string[];
  /**
   * What stands before the first box or the introduction of "answer is", after any reasoning in tags, and what stands
   * after the answer.
   */
  before: string;
  after: string;
}

const BOXED = "\\boxed{";
const OPEN_BRACE = "{".charCodeAt(0);
const CLOSE_BRACE = "}".charCodeAt(0);
const MINUS_BEFORE = /[-\u2212]\s{0,2}\$?$/;
const MARKER =
  /\banswer(?:[ \t*_]{0,3}[:=]|[ \t]{1,3}(?:is|was)\b[ \t]{0,3}:?)|(?:答案|答え|정답)(?:[ \t]{0,3}[:：=]|是|为|為|は|은)[ \t]{0,3}[:：]?|\b(?:antwort|réponse|respuesta|risposta|resposta)[ \t]{0,3}(?::|\b(?:ist|est|es|è|é)\b)/gi;

/**
 * Finds the part of a completion that is its answer. Text in tags wins; several pairs count as one only when they say
 * the same. Without an answer tag, what follows the last other closing tag is searched for \boxed{}, where several
 * count as one in the same way, and then for the last "answer is" or "answer:".
 */
export function findAnswerText(completion: string): AnswerText {
  const tags = findTags(completion);
  let text: string | undefined;
  let afterReasoning = 0;
  let end = completion.length;
  let stop = completion.length;
  for (const [index, tag] of tags.entries()) {
    // "4</answer>": the prompt may have opened it.
    const isLast = index === tags.length - 1;
    const isStop = isLast && tag.closing && tag.name === "answer" && completion.slice(tag.end).trim() === "";
    if (isStop) stop = tag.start;
    else if (tag.closing) afterReasoning = tag.end;
    if (tag.name !== "answer" || tag.closing) continue;
    // An answer that was cut off before its closing tag reaches to the end.
    const next = tags[index + 1];
    const content = completion.slice(tag.end, next?.start).trim();
    if (text !== undefined && text !== content) return answerText(null, "tags");
    text = content;
    end = next?.end ?? completion.length;
  }
  if (text !== undefined) return answerText(text, "tags", "", completion.slice(end));
  const rest = completion.slice(afterReasoning, stop);
  const boxes = boxedContents(rest);
  const [box, ...otherBoxes] = boxes.contents;
  if (box !== undefined) {
    return answerText(otherBoxes.length === 0 ? box : null, "boxed", rest.slice(0, boxes.start), rest.slice(boxes.end));
  }
  const statements = statementsOf(rest);
  const last = statements.texts.pop();
  if (last === undefined) return answerText(rest.trim(), "whole");
  const before = withoutTail(rest.slice(0, statements.start));
  return { ...answerText(last, "marker", before), earlier: statements.texts };
}

function answerText(text: string | null, found: AnswerText["found"], before = "", after = ""): AnswerText {
  return { text, found, earlier: [], before, after };
}

/** What each "answer is" or "answer:" says, up to the next one, and where the first of them starts. */
function statementsOf(text: string): { texts: string[]; start: number } {
  const texts: string[] = [];
  let first = text.length;
  let from = -1;
  // Not matchAll, which makes a new expression for every text.
  MARKER.lastIndex = 0;
  for (let match = MARKER.exec(text); match !== null; match = MARKER.exec(text)) {
    if (from < 0) first = match.index;
    else texts.push(firstClause(text.slice(from, match.index)));
    from = MARKER.lastIndex;
  }
  if (from >= 0) texts.push(text.slice(from).trim());
  return { texts, start: first };
}

/** "4. No wait, the" states 4, whatever becomes of it. */
function firstClause(text: string): string {
  const start = text.trimStart();
  const end = start.search(/[.,;!?](?=\s|$)|\n/);
  return end < 0 ? start.trimEnd() : start.slice(0, end);
}

/** Only such words before it make "answer is" an introduction: "So my final answer is". */
const LEAD_IN =
  /^[\s*_#"'`(]*(?:(?:so|thus|therefore|hence|ok|okay|and|the|my|our|final|correct|best|最终|最後の|die|la)[\s,:*_]*)*$/i;

/** A text without the introduction that it ends in: "4. So the" is "4". */
function withoutTail(text: string): string {
  const end = Math.max(text.lastIndexOf("."), text.lastIndexOf("!"), text.lastIndexOf("\n"));
  return text.length - end <= LONGEST_LEAD_IN && LEAD_IN.test(text.slice(end + 1))
    ? text.slice(0, Math.max(0, end))
    : text;
}

/** 60 characters hold every introduction, and bound the work. */
const LONGEST_LEAD_IN = 60;

/** An answer's text without "The answer is" in front, where nothing but an introduction stands before that, once. */
export function withoutLeadIn(text: string): string {
  MARKER.lastIndex = 0;
  const first = MARKER.exec(text);
  if (first === null) return text;
  const end = MARKER.lastIndex;
  if (first.index > LONGEST_LEAD_IN || MARKER.exec(text) !== null || !LEAD_IN.test(text.slice(0, first.index)))
    return text;
  return text.slice(end);
}

/** What stands in the boxes, each content once, and where they start and end; one never closed reaches to the end. */
function boxedContents(text: string): { contents: string[]; start: number; end: number } {
  const contents = new Set<string>();
  const start = text.indexOf(BOXED);
  let after = 0;
  for (let box = start; box >= 0; box = text.indexOf(BOXED, after)) {
    const from = box + BOXED.length;
    const end = closingBrace(text, from);
    const minus = MINUS_BEFORE.test(text.slice(Math.max(0, box - 4), box)) ? "-" : "";
    contents.add(minus + text.slice(from, end).trim());
    after = end;
  }
  return { contents: [...contents], start, end: Math.min(text.length, after + 1) };
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

const TAG_NAMES = ["think", "observe", "answer"] as const;
/** The tags as they are asked for, by their first letter: startsWith takes a third of the expression's time. */
const OPENING_TAGS = new Map(TAG_NAMES.map((name) => [name.charAt(0), { name, written: `<${name}>` }]));
const CLOSING_TAGS = new Map(TAG_NAMES.map((name) => [name.charAt(0), { name, written: `</${name}>` }]));

/** All think, observe and answer tags in order, in time linear in the text. */
export function findTags(text: string): Tag[] {
  const tags: Tag[] = [];
  // From one "<" to the next: the expression alone, tried at every character, is several times slower.
  for (let start = text.indexOf("<"); start >= 0; start = text.indexOf("<", start + 1)) {
    const closing = text.charAt(start + 1) === "/";
    const tag = (closing ? CLOSING_TAGS : OPENING_TAGS).get(text.charAt(closing ? start + 2 : start + 1));
    if (tag !== undefined && text.startsWith(tag.written, start)) {
      tags.push({ name: tag.name, closing, start, end: start + tag.written.length, exact: true });
      continue;
    }
    TAG.lastIndex = start;
    const match = TAG.exec(text);
    if (match === null) continue;
    const [whole, slash, word = ""] = match;
    const name = word.toLowerCase() as TagName;
    tags.push({ name, closing: slash === "/", start, end: start + whole.length, exact: false });
  }
  return tags;
}
