import { readFileSync, statSync } from "node:fs";
import type { Argv } from "yargs";
import { UsageError } from "./errors.ts";
import { jsonErrorPlace } from "./jsonPlace.ts";
import { LOG_LEVELS, type LogLevel } from "./progress.ts";

/** What yargs calls the words without a flag. */
const WORDS_WITHOUT_FLAG = "_";

/**
 * Refuses what yargs lets through: a single value given twice (it makes a list of them), an empty one, and one with a
 * NUL, which no path may hold.
 * @param lists the flags that take several values, by their long name.
 * @throws UsageError naming the flag.
 */
export function checkFlagValues(flags: Readonly<Record<string, unknown>>, lists: readonly string[] = []): void {
  for (const [name, value] of Object.entries(flags)) {
    if (Array.isArray(value) && name !== WORDS_WITHOUT_FLAG && !lists.includes(name)) {
      throw new UsageError(`--${name}: got ${value.join(" and ")}, expected one value. Give it once.`);
    }
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === "string" && one.includes("\0")) {
        throw new UsageError(`--${name}: got a text with a NUL character, expected one without.`);
      }
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

/** 1 MiB: a list of every scan of ScanNet is 20 KB; whatever is longer was given by mistake. */
const LARGEST_CONFIG = 1024 * 1024;

/**
 * Reads the file of --config: one JSON object, flags by their long name.
 * @throws UsageError naming the file and what it holds instead.
 */
export function readConfig(path: string): Record<string, unknown> {
  const refuse = (got: string): never => {
    throw new UsageError(`--config ${path}: got ${got}, expected a JSON object such as {"out": "./folder"}.`);
  };
  const text = readConfigText(path, refuse);
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (error) {
    refuse(`text that is not JSON in ${jsonErrorPlace(text) ?? "its text"} (${(error as Error).message})`);
  }
  if (typeof config !== "object" || config === null || Array.isArray(config)) return refuse("JSON of another kind");
  for (const [name, value] of Object.entries(config)) checkConfigValue(name, value, refuse);
  return config as Record<string, unknown>;
}

/** Looks before it reads: a pipe would wait for ever, and a device has no end. */
function readConfigText(path: string, refuse: (got: string) => never): string {
  try {
    const found = statSync(path);
    if (found.isDirectory()) refuse("a folder");
    if (!found.isFile()) refuse("a pipe, socket or device");
    if (found.size > LARGEST_CONFIG) {
      refuse(`${found.size} bytes, more than the ${LARGEST_CONFIG} that a list of all scans needs many times over`);
    }
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return refuse(`the error "${(error as Error).message}"`);
  }
}

function checkConfigValue(name: string, value: unknown, refuse: (got: string) => never): void {
  const shown = JSON.stringify(name).slice(0, LONGEST_SHOWN_NAME);
  // Yargs would take "types.a" for a part of types, and "_" for the words without a flag.
  if (!/^[a-z][a-z0-9-]*$/i.test(name)) refuse(`the name ${shown}, which no flag has`);
  for (const one of Array.isArray(value) ? value : [value]) {
    if (!["string", "number", "boolean"].includes(typeof one)) {
      const kind = one === null ? "null" : Array.isArray(one) ? "a list in a list" : "an object";
      refuse(`${kind} for ${shown}, where a text, a number, true, false or a list of these belongs`);
    }
  }
}

/** Enough of a name to find it in the file. */
const LONGEST_SHOWN_NAME = 80;

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
