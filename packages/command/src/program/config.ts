import { readFileSync, statSync } from "node:fs";
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { UsageError } from "../errors.ts";
import { type Command, type RawValue, typedName } from "./define.ts";
import { jsonErrorPlace } from "./jsonPlace.ts";
import { didYouMean } from "./suggest.ts";

/**
 * 64 KiB: a list of every scan of ScanNet is 20 KB; whatever is longer was given by mistake, and the reader of YAML takes
 * a thousand times its size in memory (1 MiB of a list of zeros: 500 MB).
 */
const LARGEST_CONFIG = 64 * 1024;

/** Names the schema for editors; no flag. */
const SCHEMA_KEY = "$schema";

/** Enough of a name to find it in the file. */
const LONGEST_SHOWN_NAME = 80;

/** A flag's value in a config file. */
export interface ConfigValue {
  value: RawValue;
  /** Whether it is a number without quotes: the schema for editors tells 1 from "1", and so does the command. */
  isNumber: boolean;
  /** The file, line and name, for errors. */
  place: string;
}

/**
 * Reads the file of --config: flags by their long name, as a JSON object or a YAML map.
 *
 * @returns by the flags' names in code.
 * @throws UsageError with the file, the line, what it got, what was expected and what to do.
 */
export function readConfig(path: string, command: Command): Map<string, ConfigValue> {
  const refuse = (got: string, line: number | null = null): never => {
    throw new UsageError(
      `--config ${path}${line === null ? "" : `, line ${line}`}: got ${got}, expected flags by their long name, such as {"out": "./folder"} in JSON or out: ./folder in YAML.`,
    );
  };
  const lines = new LineCounter();
  const text = readText(path, refuse);
  if (text.trim() === "") refuse("an empty file");
  if (!/\.ya?ml$/i.test(path)) checkJson(text, refuse);
  // With "silent" the library would drop a second document without a word.
  const document = parsed(() => parseDocument(text, { lineCounter: lines, logLevel: "error" }), refuse);
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line ?? null;
    if (error.code === "DUPLICATE_KEY") {
      throw new UsageError(
        `--config ${path}, line ${line}: got ${nameAt(text, error.pos[0])} a second time, expected each flag once. Remove one of the two.`,
      );
    }
    if (error.code === "MULTIPLE_DOCS") refuse("a second YAML document below ---", line);
    // The library shows the text around the place below its first line.
    refuse(`text that is not YAML (${error.message.split("\n")[0]?.replace(/ at line.*/, "")})`, line);
  }
  if (document.contents === null) return refuse("nothing but comments");
  if (!isMap(document.contents)) return refuse(isSeq(document.contents) ? "a list" : "a single value");
  const names = new Map(Object.keys(command.flags).map((name) => [typedName(name), name]));
  names.delete("config");
  const values = new Map<string, ConfigValue>();
  for (const { key, value } of document.contents.items) {
    const typed = isScalar(key) ? String(key.value) : "a map or list";
    const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
    const place = `--config ${path}, line ${lines.linePos(offset).line}`;
    if (typed === SCHEMA_KEY) continue;
    const name = names.get(typed);
    if (name === undefined) {
      const shown = JSON.stringify(typed).slice(0, LONGEST_SHOWN_NAME);
      const near = didYouMean(typed, [...names.keys()], (one) => one);
      throw new UsageError(
        `${place}: got the name ${shown}, expected a flag of this command without its dashes.${near}`,
      );
    }
    const isNumber = isScalar(value) && typeof value.value === "number";
    values.set(name, { value: rawValue(value, `${place}: ${typed}`), isNumber, place: `${place}: ${typed}` });
  }
  return values;
}

/** A name in the text, as an error shows it. */
function nameAt(text: string, offset: number): string {
  const [name = ""] = /^(?:"(?:[^"\\]|\\.)*"|[^\s:]+)/.exec(text.slice(offset)) ?? [];
  return `the name ${JSON.stringify(name.replace(/^(["'])(.*)\1$/s, "$2")).slice(0, LONGEST_SHOWN_NAME)}`;
}

/** Looks before it reads: a pipe would wait for ever, and a device has no end. */
function readText(path: string, refuse: (got: string) => never): string {
  try {
    const found = statSync(path);
    if (found.isDirectory()) refuse("a folder");
    if (!found.isFile()) refuse("a pipe, socket or device");
    if (found.size > LARGEST_CONFIG) {
      refuse(`${found.size} bytes, more than the ${LARGEST_CONFIG} that a list of all scans needs three times over`);
    }
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new UsageError(
        `--config ${path}: got no such file, expected a JSON or YAML file of flags. Check the path.`,
      );
    }
    return refuse(`the error "${(error as Error).message}"`);
  }
}

/** JSON is YAML, but YAML lets pass what other readers of the file will not: comments, a comma too many. */
function checkJson(text: string, refuse: (got: string, line: number | null) => never): void {
  try {
    JSON.parse(text);
  } catch (error) {
    const line = jsonErrorPlace(text)?.replace("line ", "") ?? null;
    refuse(`text that is not JSON (${(error as Error).message})`, line === null ? null : Number(line));
  }
}

/** The library recurses: brackets in thousands are too many for it. */
function parsed<Result>(parse: () => Result, refuse: (got: string) => never): Result {
  try {
    return parse();
  } catch (error) {
    return refuse(`text that could not be read (${(error as Error).message})`);
  }
}

/** A string, a number as it is written, a switch, or a list of them. */
function rawValue(node: unknown, place: string): RawValue {
  const refuse = (kind: string): never => {
    throw new UsageError(`${place}: got ${kind}, expected a string, a number, true, false, or a list of strings.`);
  };
  const scalar = (one: unknown): string | boolean => {
    if (!isScalar(one)) return refuse(isSeq(one) ? "a list in a list" : isMap(one) ? "an object" : "an alias");
    if (typeof one.value === "boolean") return one.value;
    if (typeof one.value === "string") return one.value;
    // As it is written: 1e5 may be a commit.
    return one.value === null || one.value === undefined ? refuse("null") : (one.source ?? String(one.value));
  };
  if (node === null) return refuse("null");
  if (!isSeq(node)) return scalar(node);
  return node.items.map((item) => {
    const one = scalar(item);
    return typeof one === "boolean" ? refuse(`${one} in a list`) : one;
  });
}
