/** The letters of options, in order. VSI-Bench lists at most four; the directions in which a camera moves are six. */
export const OPTION_LETTERS = ["A", "B", "C", "D", "E", "F"] as const;

/** VSI-Bench's form of the answers to choose from: "A. left", "B. right". At most six. */
export function letteredOptions(choices: readonly string[]): string[] {
  return choices.map((choice, index) => `${OPTION_LETTERS[index]}. ${choice}`);
}
