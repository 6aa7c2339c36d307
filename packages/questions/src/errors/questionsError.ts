export interface QuestionsErrorDetail {
  /** What was read, as the user knows it: "facts of scene0000_00", "options". */
  file: string;
  /** Where in it: "objects[3].centroid[0]", "maxPerScene.object_counting". */
  place: string;
  /** What was found there. */
  got: string;
  /** What belongs there. */
  expected: string;
  /** What the caller can do about it. */
  advice: string;
}

/**
 * Questions cannot be made from what was given. `message` is one line with all five parts.
 * `code` is stable and fit for counting ("facts-number").
 */
export class QuestionsError extends Error {
  override readonly name: string = "QuestionsError";
  readonly code: string;
  readonly detail: QuestionsErrorDetail;

  constructor(code: string, detail: QuestionsErrorDetail) {
    super(`${detail.file}: ${detail.place}: got ${detail.got}, expected ${detail.expected}. ${detail.advice}`);
    this.code = code;
    this.detail = detail;
  }
}
