const NEGATION =
  /\b(?:not?|never|neither|nor|cannot|\p{L}+n['’]t|except|excluding|without|(?:anything|everything|all) but|other than|rather than|instead of|opposite of|wrong|incorrect)\b/iu;

/** "Not left" and "anything but left" name what the answer is not; what it is stays unsaid. */
export function isNegated(text: string): boolean {
  return NEGATION.test(text);
}
