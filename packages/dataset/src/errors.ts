/** The parts of an error's message. */
export interface VsiErrorDetail {
  /** The file, folder or program as the user knows it, POSIX separators; absent for values in memory. */
  file?: string;
  /** Where in it: "line 12", "line 12, /evidence/unit", "options[2]". */
  place: string;
  /** What was found there. */
  got: string;
  /** What belongs there. */
  expected: string;
  /** What the user can do about it. */
  advice: string;
}

/** The parts of an error about something that has a name of its own: a file, a folder, a scene's facts. */
export interface FileErrorDetail extends VsiErrorDetail {
  file: string;
}

/**
 * What every error of these packages extends. `message` is one line with all the parts; `code` is stable and fit for
 * counting ("jsonl-syntax"); what led to the error is its `cause`.
 */
export class VsiError<Detail extends VsiErrorDetail = VsiErrorDetail> extends Error {
  override readonly name: string = "VsiError";
  readonly code: string;
  readonly detail: Detail;

  constructor(code: string, detail: Detail, options?: ErrorOptions) {
    const { file, place, got, expected, advice } = detail;
    super(`${file === undefined ? "" : `${file}: `}${place}: got ${got}, expected ${expected}. ${advice}`, options);
    this.code = code;
    this.detail = detail;
  }
}

export type DatasetErrorDetail = FileErrorDetail;

/** A dataset folder cannot be read or written. */
export class DatasetError extends VsiError<DatasetErrorDetail> {
  override readonly name = "DatasetError";
}
