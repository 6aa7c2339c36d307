import { TrainError } from "../trainError.ts";
import { readWholeLines } from "./readWholeLines.ts";

/** One line of a run's log, read. */
export interface LogLine<T> {
  /** As it stands in the file. */
  text: string;
  record: T;
}

/**
 * The records of a run's log.
 *
 * @param parse returns null, or throws, for a line that is no record.
 * @throws TrainError "log-syntax" with the line: a cut last line is left out, so any other was changed by someone.
 */
export async function readRunLog<T>(path: string, parse: (line: string) => T | null): Promise<LogLine<T>[]> {
  return (await readWholeLines(path)).map((text, index) => {
    const record = parseOrNull(parse, text);
    if (record !== null) return { text, record };
    throw new TrainError("log-syntax", {
      file: path,
      place: `line ${index + 1}`,
      got: JSON.stringify(text.slice(0, LONGEST_SHOWN_LINE)),
      expected: "a record that vsi-train wrote",
      advice: "Remove the line if the rest is right, or start the run anew with --overwrite.",
    });
  });
}

function parseOrNull<T>(parse: (line: string) => T | null, text: string): T | null {
  try {
    return parse(text);
  } catch {
    return null;
  }
}

/** Enough of a broken line to recognise it. */
const LONGEST_SHOWN_LINE = 60;
