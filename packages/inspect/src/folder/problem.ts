import { DatasetError } from "@vsi/dataset";
import { printableLine } from "@vsi/dataset/internal";

/** One thing that is wrong with a dataset. */
export interface Problem {
  /** Stable and fit for counting: "answer", "checksum", "room-in-two-splits". */
  code: string;
  /** POSIX path, relative to the dataset folder. */
  file: string;
  /** 1 for the first line; null where the whole file is meant. */
  line: number | null;
  /** The question's id as the record says; null where it is about no single question. */
  id: string | null;
  got: string;
  expected: string;
  /** What the user can do about it. */
  advice: string;
}

/** What a check is looking at. */
export type Place = Pick<Problem, "file" | "line" | "id">;

/** Called with every problem that a check finds. */
export type ReportProblem = (problem: Problem) => void;

/** Reports that a scene's facts contradict each other. @param path where, as a JSON pointer such as "/room/area_m2". */
export type ReportFact = (code: string, path: string, got: string, expected: string) => void;

/** The advice for a record or file that does not fit the others. */
export const TAKE_AGAIN = "Download the file again, or rebuild the dataset.";

/** A problem as one line. */
export function describeProblem({ file, line, id, code, got, expected, advice }: Problem): string {
  const place = [file, ...(line === null ? [] : [`line ${line}`]), ...(id === null ? [] : [id])].join(", ");
  return printableLine(`${place}: ${code}: got ${got}, expected ${expected}. ${advice}`);
}

/** A reader's or validator's error as a problem; anything but a DatasetError is rethrown. */
export function problemOf(error: unknown, place: Place, advice?: string): Problem {
  if (!(error instanceof DatasetError)) throw error;
  const { place: where, got, expected, advice: itsAdvice } = error.detail;
  const line = place.line ?? (Number(/^line (\d+)/.exec(where)?.[1] ?? Number.NaN) || null);
  const inside = where.replace(/^line \d+(, )?/, "");
  return {
    code: error.code,
    ...place,
    line,
    got: inside === "" || inside === "file system" ? got : `${got} at ${inside}`,
    expected,
    advice: advice ?? itsAdvice,
  };
}
