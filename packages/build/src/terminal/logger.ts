import { styleText } from "node:util";

/** From everything to nothing but errors. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One line to standard error, when its level is asked for. */
export type Log = (level: LogLevel, line: string) => void;

export function createLog(threshold: LogLevel, write: (line: string) => void): Log {
  const least = LOG_LEVELS.indexOf(threshold);
  return (level, line) => {
    if (LOG_LEVELS.indexOf(level) < least) return;
    if (level === "warn") write(`${styleText("yellow", "warning:")} ${line}`);
    else if (level === "error") write(`${styleText("red", "error:")} ${line}`);
    else write(line);
  };
}
