import { printable, printableLine } from "./printable.ts";

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
 * What every error of these packages extends. `message` is one line with all the parts, fit for a terminal (printable);
 * `code` is stable and fit for counting ("jsonl-syntax"); what led to the error is its `cause`. docs/errors.md lists
 * every code.
 *
 * @param detail the message's parts; or the whole message, where it has none (a wrong flag): `detail` is then null.
 */
export class VsiError<Detail extends VsiErrorDetail | null = VsiErrorDetail | null> extends Error {
  override readonly name: string = "VsiError";
  readonly code: string;
  readonly detail: Detail;

  constructor(code: string, detail: Detail extends null ? string : Detail, options?: ErrorOptions) {
    super(typeof detail === "string" ? printable(detail) : messageOf(detail as VsiErrorDetail), options);
    this.code = code;
    this.detail = (typeof detail === "string" ? null : detail) as Detail;
  }
}

/** Places that say no more than the name of the file or folder before them. */
const WHOLE: ReadonlySet<string> = new Set(["file", "folder", "the file", "the whole file", "file system"]);

/** What comes from a file stays on one line; the advice is ours and may quote a program's last lines. */
function messageOf({ file, place, got, expected, advice }: VsiErrorDetail): string {
  const where = file === undefined ? place : WHOLE.has(place) ? file : `${file}: ${place}`;
  const found = `${where}: got ${got}, expected ${expected}.`;
  return `${printableLine(found)} ${printable(advice)}`;
}

/** An option that means nothing: a name that does not exist, a value out of range. `file` names the options. */
export class OptionsError extends VsiError<FileErrorDetail> {
  override readonly name = "OptionsError";
}

/** A dataset folder cannot be read or written. */
export class DatasetError extends VsiError<FileErrorDetail> {
  override readonly name = "DatasetError";
}
