import { styleText } from "node:util";

/** From everything to nothing but errors. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One line to standard error, when its level is asked for. */
export type Log = (level: LogLevel, line: string) => void;

/** Colours only where they are seen: a terminal, and no NO_COLOR. */
const LOG_STREAM = { stream: process.stderr };

export function createLog(threshold: LogLevel, write: (line: string) => void): Log {
  const least = LOG_LEVELS.indexOf(threshold);
  return (level, line) => {
    if (LOG_LEVELS.indexOf(level) < least) return;
    if (level === "warn") write(`${styleText("yellow", "warning:", LOG_STREAM)} ${line}`);
    else if (level === "error") write(`${styleText("red", "error:", LOG_STREAM)} ${line}`);
    else write(line);
  };
}
