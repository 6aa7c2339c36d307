/** The answers of VSI-Bench's direction questions, the longer first so that "front-left" is not "left". */
export const DIRECTION_WORDS: readonly (readonly string[])[] = [
  ["front", "left"],
  ["front", "right"],
  ["back", "left"],
  ["back", "right"],
  ["left"],
  ["right"],
  ["back"],
  ["front"],
];

/** True for the three difficulties of relative direction. */
export function isDirectionQuestion(questionType: string): boolean {
  return questionType.startsWith("object_rel_direction");
}
