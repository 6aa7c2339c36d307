import { readFileSync, statSync } from "node:fs";
import { printableLine } from "@vsi/dataset/internal";
import { systemErrorInWords } from "@vsi/dataset/internal/node";
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit, type YAMLMap } from "yaml";
import { UsageError } from "../errors.ts";
import { type Command, type RawValue, typedName } from "./define.ts";
import type { Flags } from "./flag.ts";
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
  const { config: _, ...flags } = command.flags;
  const document = readDocument(path, {
    called: `--config ${path}`,
    file: "--config",
    contents: "a JSON or YAML file of flags",
    expected: 'flags by their long name, such as {"out": "./folder"} in JSON or out: ./folder in YAML',
    each: "each flag",
  });
  return configValues(document, document.map, flags, "a flag of this command without its dashes");
}

/** How a file is spoken of in errors. */
export interface DocumentWords {
  /** Before the place: "--config mine.yaml", or the file's path alone. */
  called: string;
  /** Before the path where there is no such file. */
  file: string;
  /** What the file should be: "a JSON or YAML file of flags". */
  contents: string;
  /** What should stand in it. */
  expected: string;
  /** What stands in it once: "each flag". */
  each: string;
}

/** A JSON object or a YAML map, with the lines of its parts. */
export interface ConfigDocument {
  map: YAMLMap;
  /** "--config mine.yaml, line 3" of a part; the file alone for what has no line. */
  place(node: unknown): string;
}

/**
 * Reads a JSON object or a YAML map.
 *
 * @throws UsageError with the file, the line, what it got, what was expected and what to do.
 */
export function readDocument(path: string, words: DocumentWords): ConfigDocument {
  const refuse = (got: string, line: number | null = null): never => {
    throw new UsageError(
      `${words.called}${line === null ? "" : `, line ${line}`}: got ${got}, expected ${words.expected}.`,
    );
  };
  const lines = new LineCounter();
  const text = readText(path, words, refuse);
  if (text.trim() === "") refuse("an empty file");
  if (!/\.ya?ml$/i.test(path)) checkJson(text, refuse);
  // With "silent" the library would drop a second document without a word.
  const document = parsed(() => parseDocument(text, { lineCounter: lines, logLevel: "error" }), refuse);
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line ?? null;
    if (error.code === "DUPLICATE_KEY") {
      throw new UsageError(
        `${words.called}, line ${line}: got ${nameAt(text, error.pos[0])} a second time, expected ${words.each} once. Remove one of the two.`,
      );
    }
    if (error.code === "MULTIPLE_DOCS") refuse("a second YAML document below ---", line);
    // The library shows the text around the place below its first line.
    refuse(`text that is not YAML (${error.message.split("\n")[0]?.replace(/ at line.*/, "")})`, line);
  }
  visit(document, {
    Alias(_, alias) {
      const line = alias.range === undefined || alias.range === null ? null : lines.linePos(alias.range[0]).line;
      throw new UsageError(
        `${words.called}${line === null ? "" : `, line ${line}`}: got the alias *${alias.source}, expected a value. Write it out.`,
      );
    },
  });
  if (document.contents === null) return refuse("nothing but comments");
  if (!isMap(document.contents)) return refuse(isSeq(document.contents) ? "a list" : "a single value");
  return {
    map: document.contents,
    place(node) {
      const offset = isNode(node) ? node.range?.[0] : undefined;
      return offset === undefined ? words.called : `${words.called}, line ${lines.linePos(offset).line}`;
    },
  };
}

/**
 * The flags in a map, by their long name.
 *
 * @param expected what an unknown name should have been.
 * @returns by the flags' names in code.
 * @throws UsageError with the place, for a name that is no flag's and for what no flag can be.
 */
export function configValues(
  document: ConfigDocument,
  map: YAMLMap,
  flags: Flags,
  expected: string,
): Map<string, ConfigValue> {
  const names = new Map(Object.keys(flags).map((name) => [typedName(name), name]));
  const values = new Map<string, ConfigValue>();
  for (const { key, value } of map.items) {
    const typed = isScalar(key) ? String(key.value) : "a map or list";
    const place = document.place(key);
    if (typed === SCHEMA_KEY) continue;
    const name = names.get(typed);
    if (name === undefined) throw unknownName(place, typed, [...names.keys()], expected);
    const isNumber = isScalar(value) && typeof value.value === "number";
    values.set(name, { value: rawValue(value, `${place}: ${typed}`), isNumber, place: `${place}: ${typed}` });
  }
  return values;
}

/** The error for a name that nobody knows. @param expected what it should have been */
export function unknownName(place: string, name: string, known: readonly string[], expected: string): UsageError {
  const shown = JSON.stringify(name).slice(0, LONGEST_SHOWN_NAME);
  const near = didYouMean(name, known, (one) => one);
  return new UsageError(`${place}: got the name ${shown}, expected ${expected}.${near}`);
}

/** A name in the text, as an error shows it. */
function nameAt(text: string, offset: number): string {
  const [name = ""] = /^(?:"(?:[^"\\]|\\.)*"|[^\s:]+)/.exec(text.slice(offset)) ?? [];
  return `the name ${JSON.stringify(name.replace(/^(["'])(.*)\1$/s, "$2")).slice(0, LONGEST_SHOWN_NAME)}`;
}

/** Looks before it reads: a pipe would wait for ever, and a device has no end. */
function readText(path: string, { file, contents }: DocumentWords, refuse: (got: string) => never): string {
  try {
    const found = statSync(path);
    if (found.isDirectory()) refuse("a folder");
    if (!found.isFile()) refuse("a pipe, socket or device");
    if (found.size > LARGEST_CONFIG) {
      refuse(`${found.size} bytes, more than the ${LARGEST_CONFIG} that a config file may have`);
    }
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new UsageError(
        `${file === "" ? "" : `${file} `}${path}: got no such file, expected ${contents}. Check the path.`,
      );
    }
    return refuse(systemErrorInWords(error));
  }
}

/** JSON is YAML, but YAML lets pass what other readers of the file will not: comments, a comma too many. */
function checkJson(text: string, refuse: (got: string, line: number | null) => never): void {
  try {
    JSON.parse(text);
  } catch (error) {
    const line = jsonErrorPlace(text)?.replace("line ", "") ?? null;
    refuse(`text that is not JSON (${printableLine((error as Error).message)})`, line === null ? null : Number(line));
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
export function rawValue(node: unknown, place: string): RawValue {
  const refuse = (kind: string): never => {
    throw new UsageError(`${place}: got ${kind}, expected a string, a number, true, false, or a list of strings.`);
  };
  const scalar = (one: unknown): string | boolean => {
    if (!isScalar(one)) return refuse(isSeq(one) ? "a list in a list" : "an object");
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
