const NEGATION = /\b(?:not|never|neither|nor|except|isn['’]t|aren['’]t|wasn['’]t|don['’]t|doesn['’]t)\b/i;

/** "Not left" names what the answer is not; what it is stays unsaid. */
export function isNegated(text: string): boolean {
  return NEGATION.test(text);
}
