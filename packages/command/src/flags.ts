import { readFileSync } from "node:fs";
import type { Argv } from "yargs";
import { UsageError } from "./errors.ts";
import { LOG_LEVELS, type LogLevel } from "./progress.ts";

/** What yargs calls the words without a flag. */
const WORDS_WITHOUT_FLAG = "_";

/**
 * Refuses what yargs lets through: a single value given twice (it makes a list of them) and an empty one.
 * @param lists the flags that take several values, by their long name.
 * @throws UsageError naming the flag.
 */
export function checkFlagValues(flags: Readonly<Record<string, unknown>>, lists: readonly string[] = []): void {
  for (const [name, value] of Object.entries(flags)) {
    if (Array.isArray(value) && name !== WORDS_WITHOUT_FLAG && !lists.includes(name)) {
      throw new UsageError(`--${name}: got ${value.join(" and ")}, expected one value. Give it once.`);
    }
    if (value === "") throw new UsageError(`--${name}: got an empty value. Give one, or leave the flag out.`);
  }
}

/** The flags that every command takes: --quiet, --json, --log-level and --config. */
export function commonFlags<T>(commandLine: Argv<T>) {
  return commandLine
    .option("quiet", { type: "boolean", default: false, describe: "No progress and no closing table; errors only" })
    .option("json", { type: "boolean", default: false, describe: "Print the closing table as JSON on standard output" })
    .option("log-level", {
      choices: LOG_LEVELS,
      default: "info" as LogLevel,
      describe: "Least important line to print",
    })
    .config("config", "JSON file with any of these options by their long name", readConfig);
}

/**
 * Reads the file of --config: one JSON object, flags by their long name.
 * @throws UsageError naming the file and what it holds instead.
 */
export function readConfig(path: string): Record<string, unknown> {
  const refuse = (got: string): never => {
    throw new UsageError(`--config ${path}: got ${got}, expected a JSON object such as {"out": "./folder"}.`);
  };
  let config: unknown;
  try {
    config = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    refuse(`the error "${(error as Error).message}"`);
  }
  if (typeof config !== "object" || config === null || Array.isArray(config)) refuse("JSON of another kind");
  return config as Record<string, unknown>;
}

/** "a,b" and repeated flags alike: every value on its own, blanks dropped. */
export function splitAtCommas(values: readonly string[]): string[] {
  return values
    .flatMap((value) => String(value).split(","))
    .map((value) => value.trim())
    .filter((value) => value !== "");
}

/**
 * A check for a flag that takes a whole number.
 * @throws UsageError from the check, naming the flag; also when the flag was given twice.
 */
export function wholeNumber(flag: string, least: number) {
  return (value: number): number => {
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new UsageError(`${flag}: got ${value}, expected one whole number of at least ${least}.`);
  };
}
