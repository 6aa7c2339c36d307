import { argumentError, TEXT } from "@vsi/dataset/internal";
import { findTags, type Tag } from "../reader/answerText.ts";

/** Why a completion does not have its mode's form. */
export type FormatGuard = "tags-missing" | "tags-wrong" | "text-outside-tags" | "answer-missing";

/** The parts of a completion that has one pair of each tag; empty strings for what is missing. */
export interface CheckedFormat {
  /** Null when the form is right. */
  guard: FormatGuard | null;
  reasoning: string;
  /** The text to read the answer from: null when no single answer can be told from the tags. */
  answer: string | null;
}

const BLANK = /^\s*$/;

/**
 * Checks the form of think and observe: exactly one pair of the mode's tag, then exactly one of answer, written exactly
 * so, with nothing but blanks before, between and after, and an answer that is not empty.
 *
 * @example
 * ```js
 * import { checkFormat } from "@vsi/scoring";
 *
 * const { guard, answer } = checkFormat("<think>Two by the desk, one by the bed.</think><answer>3</answer>", "think");
 * console.log(guard, answer); // null 3
 * ```
 */
export function checkFormat(completion: string, mode: "think" | "observe"): CheckedFormat {
  if (typeof completion !== "string") throw argumentError("checkFormat", "completion", completion, TEXT.words);
  if (mode !== "think" && mode !== "observe") throw argumentError("checkFormat", "mode", mode, "think or observe");
  const tags = findTags(completion);
  const [open, close, openAnswer, closeAnswer, more] = tags;
  if (open === undefined) return { guard: "tags-missing", reasoning: "", answer: null };
  if (
    !isTag(open, mode, "opening") ||
    !isTag(close, mode, "closing") ||
    !isTag(openAnswer, "answer", "opening") ||
    !isTag(closeAnswer, "answer", "closing") ||
    more !== undefined
  ) {
    return { guard: "tags-wrong", reasoning: "", answer: singleAnswer(completion, tags) };
  }
  const reasoning = completion.slice(open.end, close.start);
  const answer = completion.slice(openAnswer.end, closeAnswer.start);
  if (!isBlank(completion, closeAnswer.end)) return { guard: "text-outside-tags", reasoning, answer: null };
  if (BLANK.test(answer)) return { guard: "answer-missing", reasoning, answer: null };
  const isOutside = !isBlank(completion, close.end, openAnswer.start) || !isBlank(completion, 0, open.start);
  return { guard: isOutside ? "text-outside-tags" : null, reasoning, answer };
}

/** Whether nothing is seen between two places of a text: mostly there is nothing at all. */
function isBlank(text: string, start: number, end = text.length): boolean {
  return start === end || BLANK.test(text.slice(start, end));
}

function isTag(tag: Tag | undefined, name: Tag["name"], end: "opening" | "closing"): tag is Tag {
  return tag?.exact === true && tag.name === name && tag.closing === (end === "closing");
}

/**
 * The answer of a completion whose other tags are wrong: still one when its own pair is the only one and the last thing
 * said.
 */
function singleAnswer(completion: string, tags: readonly Tag[]): string | null {
  const [open, close, more] = tags.filter(({ name }) => name === "answer");
  if (open === undefined || close === undefined || more !== undefined) return null;
  if (open.closing || !close.closing || tags.at(-1) !== close || tags.at(-2) !== open) return null;
  return BLANK.test(completion.slice(close.end)) ? completion.slice(open.end, close.start) : null;
}
