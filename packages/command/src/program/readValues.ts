import { homedir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../errors.ts";
import type { ConfigValue } from "./config.ts";
import { type Command, flagWords, isListType, type RawValue, typedName, type Values } from "./define.ts";
import type { Flag, Flags } from "./flag.ts";
import { didYouMean } from "./suggest.ts";

/**
 * Reads a command line: every argument and flag of the command, checked, with what `--config` says where nothing was
 * typed, and the defaults for the rest.
 *
 * @param words what was typed behind the command's name.
 * @param called the command as it is typed, such as "vsi-build verify".
 * @throws UsageError naming the flag, or the file and line, with what to type instead.
 */
export async function readValues<C extends Command>(
  command: C,
  words: readonly string[],
  called: string,
): Promise<Values<C>> {
  const { given, rest } = await parseWords(command, words, called);
  const values: Record<string, unknown> = readArguments(command, rest, called, given);
  const configPath = given.get("config");
  const config =
    configPath === undefined
      ? new Map<string, never>()
      : (await import("./config.ts")).readConfig(checkedText(configPath, "path", "--config"), command);
  for (const [name, flag] of Object.entries(command.flags)) {
    const typed = given.get(name);
    const found = config.get(name);
    if (typed !== undefined) values[name] = flagValue(flag, typed, `--${typedName(name)}`);
    else if (found !== undefined) values[name] = configValue(flag, found);
    else if (flag.required === true) {
      const choices = "choices" in flag ? flag.choices : undefined;
      const what = choices === undefined ? `: ${inSentence(flag.describe)}` : ` ${oneOf(choices)}`;
      throw new UsageError(`--${typedName(name)} is missing, expected${what}.${helpHint(command, called)}`);
    } else values[name] = flag.default === undefined && flag.type === "boolean" ? false : (flag.default ?? null);
  }
  for (const name of Object.keys(command.flags)) {
    const isOff = values[name] === false && command.flags[name]?.type === "boolean";
    const place = given.has(name) ? `--${isOff ? "no-" : ""}${typedName(name)}` : config.get(name)?.place;
    if (place !== undefined) checkNeeds(name, place, values, command.flags);
  }
  return values as Values<C>;
}

/** Refuses a flag that would quietly do nothing: what it needs is not there. */
function checkNeeds(name: string, place: string, values: Readonly<Record<string, unknown>>, flags: Flags): void {
  const flag = flags[name];
  if (flag === undefined) return;
  const needed = neededFlags(flag);
  if (needed.length === 0 || needed.some((one) => isGiven(values[one]))) return;
  // A switch that stays as it is asks for nothing.
  if (flag.type === "boolean" && values[name] === (flag.default ?? false)) return;
  const missing = needed.map((one) => (flags[one] === undefined ? `--${typedName(one)}` : flagWords(one, flags[one])));
  throw new UsageError(`${place}: means nothing without ${missing.join(" or ")}. Add it, or leave this out.`);
}

/** The flags without one of which a flag means nothing. */
export function neededFlags({ needs }: Flag): readonly string[] {
  return needs === undefined ? [] : typeof needs === "string" ? [needs] : needs;
}

/** Whether a value asks for something. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== 0;
}

/** A flag's description inside a sentence: names keep their capitals. */
function inSentence(describe: string): string {
  return describe.replace(/^(?:A|[A-Z][a-z]+(?:'s)?)(?= )/, (word) => word.toLowerCase());
}

/** Where to read on. */
function helpHint({ flags }: Command, called: string): string {
  return Object.keys(flags).length === 0
    ? `\n${called} --help says what it takes.`
    : `\n${called} --help-all lists every flag.`;
}

/** A word processor makes one long dash of two hyphens: what was copied from there is no flag. */
export function textDash(word: string): string {
  const [, name] = /^[\u2010-\u2015\u2212]+-*([a-z].*)$/su.exec(word) ?? [];
  return name === undefined ? "" : ` Type --${name}, with two hyphens in place of the dash.`;
}

/** What every program answers itself. */
const PAGE_FLAGS = ["help", "help-all", "version"];

/** What other programs call it, by names that are not alike; the first one that the command has is meant. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  ...{ v: ["version"], V: ["version"], q: ["quiet"], o: ["out"], n: ["dry-run", "limit"], f: ["overwrite"] },
  // What is the default is no flag: not "--cpu", which is the nearest by its letters.
  ...{ gpu: [], cuda: [] },
  ...{ force: ["overwrite"], yes: ["overwrite"], verbose: ["log-level"], debug: ["log-level"], silent: ["quiet"] },
};

/**
 * "Did you mean --seed?", or an empty text where no flag is near.
 *
 * @param typed with or without its dashes.
 * @param known the command's flags, as they are typed.
 */
export function nearFlag(typed: string, known: Iterable<string> = [], shown = (name: string) => `--${name}`): string {
  const word = typed.replace(/^-+|=.*$/gs, "");
  const names = [...known, ...PAGE_FLAGS];
  const others = OTHER_NAMES[word];
  const other = others?.find((name) => names.includes(name));
  if (others !== undefined) return other === undefined ? "" : ` Did you mean ${shown(other)}?`;
  return didYouMean(word, names, shown);
}

/** Words to what stands for each flag, and the words without one. */
async function parseWords(
  command: Command,
  words: readonly string[],
  called: string,
): Promise<{ given: Map<string, RawValue>; rest: string[] }> {
  const { flags } = command;
  const { Parser } = await import("yargs/helpers");
  const names = new Map(Object.keys(flags).map((name) => [typedName(name), name]));
  const typedNames = (wanted: (flag: Flag) => boolean): string[] =>
    [...names].flatMap(([typed, name]) => (flags[name] !== undefined && wanted(flags[name]) ? [typed] : []));
  const typeOf = (typed: string): Flag["type"] | undefined => flags[names.get(typed) ?? ""]?.type;
  const { _: rest, ...parsed } = Parser(withDashes(words, typeOf), {
    boolean: typedNames(({ type }) => type === "boolean"),
    string: typedNames(({ type }) => type !== "boolean"),
    array: typedNames(({ type }) => isListType(type)),
    configuration: {
      "camel-case-expansion": false,
      "dot-notation": false,
      "short-option-groups": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
    },
  });
  const given = new Map<string, RawValue>();
  for (const [typed, value] of Object.entries(parsed)) {
    const name = names.get(typed);
    // "--no-out" makes out false; only a switch can be off.
    const isOff = value === false && name !== undefined && flags[name]?.type !== "boolean";
    if (name === undefined || isOff) {
      const asTyped = words.map((word) => word.replace(/=.*/s, ""));
      const shown = asTyped.find((word) => word.replace(/^--?(no-)?/, "") === typed) ?? `--${typed}`;
      const value = words.find((word) => word.startsWith(`${shown}=`))?.slice(shown.length + 1);
      if (
        typed.startsWith("no-") &&
        value !== undefined &&
        flags[names.get(typed.slice(3)) ?? ""]?.type === "boolean"
      ) {
        throw new UsageError(`${shown}: got ${value}, expected no value. Type ${shown} alone, or leave it out.`);
      }
      const isSwitch = (one: string): boolean => flags[names.get(one) ?? ""]?.type === "boolean";
      const near = nearFlag(typed, names.keys(), (one) => {
        return `--${shown.startsWith("--no-") && isSwitch(one) ? "no-" : ""}${one}`;
      });
      const others = Object.values(flags).find(({ takesOthers }) => takesOthers !== undefined)?.takesOthers;
      const elsewhere = near === "" && others !== undefined ? ` ${others}` : "";
      throw new UsageError(`Unknown flag ${shown}.${near}${elsewhere}${helpHint(command, called)}`);
    }
    given.set(name, value as RawValue);
  }
  return { given, rest: rest.map(String) };
}

const NEGATIVE = /^-(?:\.?\d|inf|nan)/i;

/**
 * "--seed -1" as "--seed=-1", or the parser would take "-1" for a flag: which numbers fit, the flag itself says. So "-"
 * for a path, which it would take for a word of its own.
 */
function withDashes(words: readonly string[], typeOf: (typed: string) => Flag["type"] | undefined): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1) ?? "";
    const type = before.startsWith("--") ? typeOf(before.slice(2)) : undefined;
    const isNumber = type === "whole" || type === "number";
    if ((isNumber && NEGATIVE.test(word)) || (type === "path" && word === "-"))
      joined.splice(-1, 1, `${before}=${word}`);
    else joined.push(word);
  }
  return joined;
}

function readArguments(
  command: Command,
  rest: readonly string[],
  called: string,
  given: ReadonlyMap<string, RawValue>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  let at = 0;
  for (const [name, argument] of Object.entries(command.arguments)) {
    const type = argument.type ?? "path";
    const what = inSentence(argument.describe);
    const words = (argument.many ? rest.slice(at) : rest.slice(at, at + 1)).map((word) => {
      // As a shell gives it for a variable that is not set: verify "$DATA".
      if (word === "") throw new UsageError(`${name.toUpperCase()}: got an empty text, expected: ${what}.`);
      return checkedText(word, type, name.toUpperCase());
    });
    at += words.length;
    if (words.length === 0 && argument.optional !== true) {
      const taken = takenByList(given, name.toUpperCase());
      throw new UsageError(`${name.toUpperCase()} is missing, expected: ${what}.${taken}${helpHint(command, called)}`);
    }
    for (const word of words) argument.check?.(word);
    values[name] = argument.many ? words : (words[0] ?? null);
  }
  const left = rest[at];
  if (left !== undefined) {
    const before = at === 0 ? "" : ` after ${rest[at - 1]}`;
    const hint = helpHint(command, called);
    if (at === 0 && command.formats.length > 0)
      throw new UsageError(
        `Got ${left}, expected no arguments: ${called} reads standard input, as in ${called} < FILE.${hint}`,
      );
    const expected = at === 0 && Object.keys(command.flags).length > 0 ? "flags only" : "nothing more";
    throw new UsageError(`Got ${left}${before}, expected ${expected}.${textDash(left)}${hint}`);
  }
  return values;
}

/** Advice where a flag that takes several words may have taken the argument that is missing; "" where none has. */
function takenByList(given: ReadonlyMap<string, RawValue>, argument: string): string {
  const list = [...given].find(([, value]) => Array.isArray(value) && value.length > 1);
  if (list === undefined) return "";
  const [name, value] = list;
  return ` --${typedName(name)} took ${(value as readonly unknown[]).join(" and ")}: put ${argument} before it.`;
}

/**
 * The value of a flag in a config file, where a number and a switch stand without quotes, as the schema for editors
 * asks for.
 */
export function configValue(flag: Flag, { value, isNumber, place }: ConfigValue): unknown {
  const got = typeof value === "string" && !isNumber ? JSON.stringify(value) : shown(value);
  if (flag.type === "boolean" && typeof value !== "boolean") {
    const quotes = value === "true" || value === "false" ? " without quotes" : "";
    throw new UsageError(`${place}: got ${got}, expected true or false${quotes}.`);
  }
  if ((flag.type === "whole" || flag.type === "number") && !isNumber) {
    const quotes = typeof value === "string" && fits(flag, Number(value)) ? ", without quotes" : "";
    throw new UsageError(`${place}: got ${got}, expected ${numberInWords(flag)}${quotes}.`);
  }
  if (typeof value === "boolean" && flag.type !== "boolean") {
    const mayStandAlone = "mayBeEmpty" in flag && flag.mayBeEmpty === true;
    if (!mayStandAlone || !value) {
      throw new UsageError(`${place}: got ${got}, expected ${mayStandAlone ? "true or a string" : "a string"}.`);
    }
  }
  return flagValue(flag, value, place);
}

/**
 * A flag's value in its type.
 *
 * @param place where it stands: "--seed", or a file and line.
 * @throws UsageError beginning with the place.
 */
export function flagValue(flag: Flag, raw: RawValue, place: string): unknown {
  const refuse = (text: string): never => {
    throw new UsageError(`${place}: ${text}`);
  };
  const within = <Result>(parse: () => Result): Result => {
    try {
      return parse();
    } catch (error) {
      if (error instanceof UsageError) refuse(error.message);
      throw error;
    }
  };
  switch (flag.type) {
    case "boolean":
      return typeof raw === "boolean" ? raw : refuse(`got ${shown(raw)}, expected true or false.`);
    case "list":
    case "paths": {
      const values = (Array.isArray(raw) ? raw : [raw])
        .flatMap((one) => String(one).split(","))
        .map((one) => one.trim())
        .filter((one) => one !== "")
        .map((one) => checkedText(one, flag.type === "paths" ? "path" : "text", place));
      if (values.length === 0)
        refuse(
          `got no value, expected one or more${flag.choices === undefined ? "" : ` of ${flag.choices.join(", ")}`}.`,
        );
      for (const one of values) checkChoice(one, flag.choices, place);
      return flag.parse === undefined ? values : within(() => flag.parse?.(values));
    }
    case "texts": {
      const values = (Array.isArray(raw) ? raw : [raw]).map((one) => checkedText(one, "text", place));
      if (values.length === 0) refuse("got no value, expected one or more.");
      return flag.parse === undefined ? values : within(() => flag.parse?.(values));
    }
    case "whole":
    case "number": {
      const text = checkedText(raw, "text", place);
      const value = Number(text);
      const expected = numberInWords(flag, value);
      return fits(flag, value) ? value : refuse(`got ${text}, expected ${expected}.`);
    }
    default: {
      // In a config file "resume: true" is the flag alone.
      const alone = flag.mayBeEmpty && raw === true;
      const text = checkedText(alone ? "" : raw, flag.type, place, flag.mayBeEmpty);
      const choice = flag.alsoRead?.[text] ?? text;
      checkChoice(choice, flag.choices, place, flag.notTaken?.[text]);
      return flag.parse === undefined ? choice : within(() => flag.parse?.(choice));
    }
  }
}

type NumberFlag = Extract<Flag, { type: "whole" | "number" }>;

/** "a whole number of at least 1", as errors say it. @param value what was given instead */
export function numberInWords(flag: NumberFlag, value = Number.NaN): string {
  if (flag.type === "whole") {
    const isTooLarge = value > Number.MAX_SAFE_INTEGER;
    return `a whole number ${isTooLarge ? `from ${flag.from} to ${Number.MAX_SAFE_INTEGER}` : `of at least ${flag.from}`}`;
  }
  const { from, above, to, below } = flag;
  if (above !== undefined && below !== undefined) return `a number between ${above} and ${below}`;
  if (from !== undefined && to !== undefined) return `a number from ${from} to ${to}`;
  return `a number ${above === undefined ? `of at least ${from}` : `above ${above}`}`;
}

/** Whether a number is one that the flag takes. */
export function fits(flag: NumberFlag, value: number): boolean {
  if (flag.type === "whole") return Number.isSafeInteger(value) && value >= flag.from;
  const { from = -Infinity, above = -Infinity, to = Infinity, below = Infinity } = flag;
  return Number.isFinite(value) && value >= from && value > above && value <= to && value < below;
}

/** @param reason why a word that others take is refused here. */
function checkChoice(value: string, choices: readonly string[] | undefined, place: string, reason?: string): void {
  if (choices === undefined || choices.includes(value)) return;
  if (reason !== undefined) throw new UsageError(`${place}: got ${value}, expected ${oneOf(choices)}: ${reason}.`);
  const near = didYouMean(value, choices, (one) => one);
  throw new UsageError(`${place}: got ${value}, expected ${oneOf(choices)}.${near}`);
}

function oneOf(choices: readonly string[]): string {
  return `${choices.length === 1 ? "" : "one of "}${choices.join(", ")}`;
}

/** One text, given once, that is neither empty nor holds a NUL, which no path may; a path with its ~ written out. */
function checkedText(raw: RawValue, type: "path" | "text", place: string, mayBeEmpty = false): string {
  if (Array.isArray(raw) && raw.length < 2) {
    throw new UsageError(`${place}: got a list, expected one value. Write the value alone.`);
  }
  if (typeof raw !== "string") {
    const got = Array.isArray(raw) ? raw.map(shown).join(" and ") : shown(raw);
    throw new UsageError(`${place}: got ${got}, expected one value. Give it once.`);
  }
  if (raw.includes("\0")) throw new UsageError(`${place}: got a text with a NUL character, expected one without.`);
  if (raw === "-" && type === "path") {
    throw new UsageError(
      `${place}: got -, expected a path. Standard input and output have no such name here; a file called so is ./-.`,
    );
  }
  if (raw === "" && !mayBeEmpty) throw new UsageError(`${place}: got no value. Give one, or leave the flag out.`);
  return type === "path" ? withoutTilde(raw) : raw;
}

function shown(raw: unknown): string {
  return String(raw);
}

/** "~" and "~/scans" are the home folder's, as in a shell: it leaves "--out=~/x" and a config's paths as they are. */
export function withoutTilde(path: string): string {
  return path === "~" || /^~[/\\]/.test(path) ? join(homedir(), path.slice(1)) : path;
}
