import { countOf } from "@vsi/dataset/internal";
import { percent } from "@vsi/report/internal";
import type { BootstrapOptions, Interval } from "../score/intervals.ts";

const LIST = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** A score of 0 to 1 in percent, for plots; null where there is none. */
export function inPercent(score: number | null | undefined): number | null {
  return score == null ? null : score * 100;
}

/** A difference of two scores in percentage points, with its sign: "+1.2", "-0.4", "0.0". */
export function signedPercent(difference: number | null): string | null {
  if (difference === null) return null;
  const text = percent(difference);
  if (text === "-0.0") return "0.0";
  return difference > 0 && text !== "0.0" ? `+${text}` : text;
}

/** The ends of an interval in percent: "33.1 to 37.0". */
export function percentInterval(interval: Interval | null): string | null {
  return interval === null ? null : `${percent(interval[0])} to ${percent(interval[1])}`;
}

/** The ends of a difference's interval in percentage points: "-1.1 to +2.0". */
export function signedInterval(interval: Interval | null): string | null {
  return interval === null ? null : `${signedPercent(interval[0])} to ${signedPercent(interval[1])}`;
}

/** Words around the numbers of an interval's note, all with their own blanks and commas. */
interface IntervalWords {
  /** What comes first, where there are intervals: "In brackets ". */
  before?: string;
  /** "paired bootstrap" */
  method?: string;
  /** What else is to be known. */
  after?: string;
  /** Rows, by their labels, that have a value and no interval; where none has one, the scans say it for all. */
  without?: readonly string[];
}

/** How the intervals of a table were drawn, or why there are none: a dash alone does not say it. */
export function intervalNote(bootstrap: BootstrapOptions, scans: number, words: IntervalWords = {}): string {
  const { before = "", method = "bootstrap", after = "", without = [] } = words;
  const level = `${bootstrap.level * 100} %`;
  if (scans < 2) return `No ${level} intervals: they are drawn over scans, which takes two or more.`;
  const missing =
    without.length === 0 ? "" : ` No interval for ${LIST.format(without)}: too few scans have such questions.`;
  return `${before}${level}: ${method} over scans, ${countOf(bootstrap.resamples, "resample")}, seed ${bootstrap.seed}${after}.${missing}`;
}

/** A sentence about runs, by name, whose score reports do not say how the model was asked. */
export function unknownSettings(runs: readonly string[]): string {
  const [verb, reports] = runs.length === 1 ? ["was", "its score report has"] : ["were", "their score reports have"];
  return `How ${LIST.format(runs)} ${verb} asked is unknown: ${reports} no settings.`;
}
