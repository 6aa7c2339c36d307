import { createRequire } from "node:module";
import { styleText } from "node:util";
import {
  checkArguments,
  FUNCTION,
  fields,
  NUMBER,
  oneOf,
  printable,
  printableLine,
  RECORD,
  SWITCH,
  TEXT,
  WHOLE,
} from "@vsi/dataset/internal";
import { LOG_LEVELS, type LogLevel } from "./logLevels.ts";

/** One line to standard error, when its level is asked for. */
export type Log = (level: LogLevel, line: string) => void;

/** Colours only where they are seen: a terminal, and no NO_COLOR. */
const LOG_STREAM = { stream: process.stderr };

/**
 * A log that writes the lines of `threshold` and above, coloured where a terminal shows it.
 *
 * @example
 * ```js
 * import { createLog } from "@vsi/command";
 *
 * const log = createLog("warn", (line) => console.log(line));
 * log("info", "12 scans found");
 * log("warn", "scene0001_00 has no segments");
 * ```
 */
export function createLog(threshold: LogLevel, write: (line: string) => void): Log {
  checkArguments("createLog", { threshold: [threshold, oneOf(LOG_LEVELS)], write: [write, FUNCTION] });
  const least = LOG_LEVELS.indexOf(threshold);
  return (level, text) => {
    if (LOG_LEVELS.indexOf(level) < least) return;
    const line = printable(text);
    if (level === "warn") write(`${styleText("yellow", "warning:", LOG_STREAM)} ${line}`);
    else if (level === "error") write(`${styleText("red", "error:", LOG_STREAM)} ${line}`);
    else write(line);
  };
}

/** A bar that is drawn over, a line now and then, or nothing. */
export type ProgressStyle = "bar" | "lines" | "none";

const STYLES: readonly ProgressStyle[] = ["bar", "lines", "none"];

/**
 * A bar on a terminal, lines elsewhere, and none where only warnings or errors are wanted.
 *
 * @example
 * ```js
 * import { progressStyle } from "@vsi/command";
 *
 * console.log(progressStyle({ quiet: false, logLevel: "info" }, { isTTY: false })); // lines
 * ```
 */
export function progressStyle(
  asked: { quiet: boolean; logLevel: LogLevel },
  stream: { isTTY?: boolean } = process.stderr,
): ProgressStyle {
  const flags = fields({ quiet: SWITCH, logLevel: oneOf(LOG_LEVELS) });
  checkArguments("progressStyle", { asked: [asked, flags], stream: [stream, RECORD] });
  if (asked.quiet || asked.logLevel === "error" || asked.logLevel === "warn") return "none";
  return stream.isTTY ? "bar" : "lines";
}

/** What a progress display is told while the work goes on. */
export interface Progress {
  /** One more is done. @param name the one that was finished last. */
  done(name: string): void;
  /** A line that must not be overdrawn by the bar. */
  note(line: string): void;
  stop(): void;
}

/** Without a terminal a line is printed each time another tenth of the work is done. */
const PLAIN_LINES = 10;

/**
 * Progress goes to standard error, so that standard output stays fit for pipes.
 * @param total how many there are to do.
 * @param unit what they are, in the plural, such as "scans".
 *
 * @example
 * ```js
 * import { startProgress } from "@vsi/command";
 *
 * const progress = startProgress(2, "scans", "none");
 * for (const scan of ["scene0000_00", "scene0001_00"]) progress.done(scan);
 * progress.stop();
 * console.log("2 scans"); // 2 scans
 * ```
 */
export function startProgress(
  total: number,
  unit: string,
  style: ProgressStyle,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  checkArguments("startProgress", {
    ...{ total: [total, WHOLE], unit: [unit, TEXT], style: [style, oneOf(STYLES)] },
    stream: [stream, fields({ write: FUNCTION })],
  });
  if (style === "bar") return startBar(total, unit, stream);
  let finished = 0;
  return {
    done(name) {
      const before = Math.floor((finished * PLAIN_LINES) / total);
      finished += 1;
      const isNewTenth = Math.floor((finished * PLAIN_LINES) / total) > before;
      if (style === "lines" && isNewTenth) stream.write(`${finished}/${total} ${unit}, last ${printableLine(name)}\n`);
    },
    note: (line) => {
      stream.write(`${line}\n`);
    },
    stop() {},
  };
}

const require = createRequire(import.meta.url);

function startBar(total: number, unit: string, stream: NodeJS.WriteStream): Progress {
  // Loaded on terminals only: no thread of a build draws a bar, nor does a command in a job.
  const { SingleBar } = require("cli-progress") as typeof import("cli-progress");
  const bar = new SingleBar({
    format: (_, { value, startTime }, { name }) =>
      barLine({ done: value, total, unit, seconds: (Date.now() - Number(startTime)) / 1000, name: String(name) }),
    stream,
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
  });
  bar.start(total, 0, { name: "" });
  return {
    done: (name) => bar.increment(1, { name: printableLine(name) }),
    note(line) {
      stream.write(`\r\u001B[K${line}\n`); // Clears what the bar drew; it draws itself again below.
    },
    stop: () => bar.stop(),
  };
}

/** Room for the numbers and a name beside it on 80 columns. */
const BAR_COLUMNS = 24;

/** The line that a bar draws. How much longer it takes is said once something is done, and until all is. */
export function barLine(at: { done: number; total: number; unit: string; seconds: number; name: string }): string {
  const { done, total, unit, seconds, name } = at;
  const full = total === 0 ? BAR_COLUMNS : Math.round((BAR_COLUMNS * done) / total);
  const bar = "█".repeat(full).padEnd(BAR_COLUMNS, "░");
  const isUnderWay = done > 0 && done < total;
  const left = isUnderWay ? `, ${formatDuration(Math.max(1, (seconds / done) * (total - done)))} left` : "";
  return `${bar} ${done}/${total} ${unit} | ${formatDuration(seconds)}${left} | ${name}`;
}

/**
 * "45 s", "12 min", "3 h 05 min", "2 d 04 h": as fine as one wants to know it.
 *
 * @example
 * ```js
 * import { formatDuration } from "@vsi/command";
 *
 * console.log(formatDuration(11_100)); // 3 h 05 min
 * ```
 */
export function formatDuration(seconds: number): string {
  checkArguments("formatDuration", { seconds: [seconds, NUMBER] });
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${twoDigits(minutes % 60)} min`;
  return `${Math.floor(hours / 24)} d ${twoDigits(hours % 24)} h`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
