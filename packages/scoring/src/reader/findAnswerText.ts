import { findTags } from "./findTags.ts";

/** Where a completion's answer stands. */
export interface AnswerText {
  /** The answer's own text, trimmed; null when the completion gives several different ones. */
  text: string | null;
  /** How it was found: between tags, in \boxed{}, after "answer is" or "answer:", or the whole text. */
  found: "tags" | "boxed" | "marker" | "whole";
}

const BOXED = "\\boxed{";
const MARKER = /\banswer(?:[ \t]{0,3}[:=]|[ \t]{1,3}(?:is|was)\b[ \t]{0,3}:?)/gi;

/**
 * Finds the part of a completion that is its answer. Text in tags wins; several pairs count as one only when they say the same. Without an
 * answer tag, what follows the last other closing tag is searched for \boxed{} and then for "answer is" or "answer:", the last one each.
 */
export function findAnswerText(completion: string): AnswerText {
  const tags = findTags(completion);
  let text: string | undefined;
  let afterReasoning = 0;
  for (let index = 0; index < tags.length; index += 1) {
    const tag = tags[index]!;
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
  const boxed = rest.lastIndexOf(BOXED);
  if (boxed >= 0) return { text: boxedContent(rest, boxed + BOXED.length), found: "boxed" };
  let marker = -1;
  for (const match of rest.matchAll(MARKER)) marker = match.index + match[0].length;
  return marker < 0 ? { text: rest.trim(), found: "whole" } : { text: rest.slice(marker).trim(), found: "marker" };
}

function boxedContent(text: string, start: number): string {
  const end = text.indexOf("}", start);
  return text.slice(start, end < 0 ? text.length : end).trim();
}
