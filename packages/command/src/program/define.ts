import { checkArguments, FUNCTION, RECORD } from "@vsi/dataset/internal";
import { LOG_LEVELS } from "../logLevels.ts";
import { type Arguments, FLAGS, type Flag, type Flags } from "./flag.ts";
import { COMMAND, DEFINITION } from "./kinds.ts";

/**
 * A command: its flags in one table, from which help, the types and defaults of what `run` gets, what `--config` may
 * hold, its JSON Schema and the settings on record are made. What the table imports is loaded for --help, so keep it
 * light: the command's own file is loaded when it runs (see `lazily`).
 *
 *     export const STATS = defineCommand({
 *       about: "Count a dataset's questions by split and type",
 *       arguments: { folder: { describe: "Dataset folder" } },
 *       flags: { limit: { type: "whole", from: 1, default: 10, describe: "Rows per table" } },
 *     });
 *     export async function run({ folder, limit, json }: Values<typeof STATS>): Promise<number> { ... }
 *
 * @example
 * ```js
 * import { defineCommand } from "@vsi/command/program";
 *
 * const hello = defineCommand({
 *   about: "Say hello",
 *   flags: { times: { type: "whole", from: 1, default: 1, describe: "Number of greetings" } },
 * });
 * console.log(Object.keys(hello.flags).includes("times")); // true
 * ```
 */
export function defineCommand<const F extends Flags, const A extends Arguments = Record<never, never>>(command: {
  about: string;
  arguments?: A;
  flags: F;
  formats?: readonly Format[];
  examples?: readonly Example[];
}): Command<A, F & typeof COMMON_FLAGS> {
  checkArguments("defineCommand", { command: [command, DEFINITION] });
  return {
    about: command.about,
    arguments: command.arguments ?? ({} as A),
    flags: { ...command.flags, ...COMMON_FLAGS },
    formats: command.formats ?? [],
    examples: command.examples ?? [],
  };
}

/**
 * Flags that several commands share, or a part of a long table.
 *
 * @example
 * ```js
 * import { defaultsOf, defineFlags } from "@vsi/command/program";
 *
 * const GREETING = defineFlags({ times: { type: "whole", from: 1, default: 1, describe: "Number of greetings" } });
 * console.log(defaultsOf(GREETING).times); // 1
 * ```
 */
export function defineFlags<const F extends Flags>(flags: F): F {
  checkArguments("defineFlags", { flags: [flags, FLAGS] });
  return flags;
}

/**
 * A command with the way to its `run`, which is loaded when the command is called.
 *
 * @example
 * ```js
 * import { defineCommand, lazily } from "@vsi/command/program";
 *
 * const hello = defineCommand({
 *   about: "Say hello",
 *   flags: { times: { type: "whole", from: 1, default: 1, describe: "Number of greetings" } },
 * });
 * // As a rule () => import("./hello.js").
 * const { start } = lazily(hello, async () => ({ run: async ({ times }) => (times > 0 ? 0 : 1) }));
 * console.log(await start({ times: 2 })); // 0
 * ```
 */
export function lazily<A extends Arguments, F extends Flags>(
  command: Command<A, F>,
  load: () => Promise<{ run: (values: Values<Command<A, F>>) => Promise<number> }>,
): RunnableCommand {
  checkArguments("lazily", { command: [command, COMMAND], load: [load, FUNCTION] });
  return { command, start: async (values) => (await load()).run(values as Values<Command<A, F>>) };
}

/** A command as defined; its flags include those that all commands take. */
export interface Command<A extends Arguments = Arguments, F extends Flags = Flags> {
  /** One line, without a full stop: what it does. */
  about: string;
  arguments: A;
  flags: F;
  /** What it reads and writes besides files, where help says so. */
  formats: readonly Format[];
  examples: readonly Example[];
}

/** A command that can be called. */
export interface RunnableCommand {
  command: Command;
  /** @returns the exit code */
  start: (values: Record<string, unknown>) => Promise<number>;
}

/** A heading of help, and under it names with what they are about. */
export interface Format {
  heading: string;
  rows: readonly (readonly [name: string, about: string])[];
}

/** What is typed, and what it is for. */
type Example = readonly [words: string, about: string];

/** Whether a flag takes any number of values. */
export function isListType(type: Flag["type"]): boolean {
  return type === "list" || type === "paths" || type === "texts";
}

/** What stands for a flag before it is checked: a text as it was typed, a switch, or a list of texts. */
export type RawValue = string | boolean | readonly string[];

/** What a command's `run` gets: every argument and flag under its name in code, checked. */
export type Values<C extends Command> = C extends Command<infer A, infer F> ? ArgumentValues<A> & FlagValues<F> : never;

type ArgumentValues<A extends Arguments> = {
  -readonly [K in keyof A]: A[K] extends { many: true }
    ? string[]
    : A[K] extends { optional: true }
      ? string | null
      : string;
};

/** The values of a table of flags. */
export type FlagValues<F extends Flags> = { -readonly [K in keyof F]: FlagValue<F[K]> };

type FlagValue<F extends Flag> = F extends { required: true }
  ? Parsed<F>
  : F extends { default: infer D }
    ? null extends D
      ? Parsed<F> | null
      : Parsed<F>
    : F extends { type: "boolean" }
      ? boolean
      : Parsed<F> | null;

type Parsed<F extends Flag> = F extends { parse: (...values: never[]) => infer R }
  ? R
  : F extends { type: "list"; choices: readonly (infer C)[] }
    ? C[]
    : F extends { choices: readonly (infer C)[] }
      ? C
      : ValueOfType[F["type"]];

interface ValueOfType {
  boolean: boolean;
  whole: number;
  number: number;
  text: string;
  path: string;
  list: string[];
  paths: string[];
  texts: string[];
}

/**
 * The default of each flag, as `run` gets it where nothing is given; a required one is null.
 *
 * @example
 * ```js
 * import { defaultsOf } from "@vsi/command/program";
 *
 * const flags = {
 *   times: { type: "whole", from: 1, default: 1, describe: "Number of greetings", onRecord: true },
 *   name: { type: "text", default: "you", describe: "Whom to greet" },
 * };
 * console.log(defaultsOf(flags).name); // you
 * ```
 */
export function defaultsOf<F extends Flags>(flags: F): FlagValues<F> {
  checkArguments("defaultsOf", { flags: [flags, FLAGS] });
  return Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [
      name,
      flag.default ?? (flag.type === "boolean" && flag.default === undefined ? false : null),
    ]),
  ) as FlagValues<F>;
}

/** The values of those flags that go on record. */
export type RecordValues<F extends Flags> = {
  -readonly [K in keyof F as F[K] extends { onRecord: true } ? K : never]: FlagValue<F[K]>;
};

/**
 * Of some values those that go on record, in the order of the table.
 *
 * @example
 * ```js
 * import { recordOf } from "@vsi/command/program";
 *
 * const flags = {
 *   times: { type: "whole", from: 1, default: 1, describe: "Number of greetings", onRecord: true },
 *   name: { type: "text", default: "you", describe: "Whom to greet" },
 * };
 * console.log(JSON.stringify(recordOf(flags, { times: 2, name: "Ada" }))); // {"times":2}
 * ```
 */
export function recordOf<F extends Flags, V extends Readonly<Record<keyof RecordValues<F>, unknown>>>(
  flags: F,
  values: V,
): Pick<V, keyof RecordValues<F> & keyof V> {
  checkArguments("recordOf", { flags: [flags, FLAGS], values: [values, RECORD] });
  const names = Object.keys(flags).filter((name) => flags[name]?.onRecord === true);
  const given = values as Readonly<Record<string, unknown>>;
  return Object.fromEntries(names.map((name) => [name, given[name]])) as Pick<V, keyof RecordValues<F> & keyof V>;
}

/**
 * The words that one types for some values: `readValues` of them gives the values again.
 *
 * @param standard values that need not be typed.
 *
 * @example
 * ```js
 * import { wordsOf } from "@vsi/command/program";
 *
 * const flags = {
 *   times: { type: "whole", from: 1, default: 1, describe: "Number of greetings", onRecord: true },
 *   name: { type: "text", default: "you", describe: "Whom to greet" },
 * };
 * console.log(wordsOf(flags, { times: 2 }, { times: 1 }).join(" ")); // --times 2
 * ```
 */
export function wordsOf<F extends Flags>(
  flags: F,
  values: Readonly<Partial<FlagValues<F>>>,
  standard: Readonly<Partial<FlagValues<F>>>,
): string[] {
  checkArguments("wordsOf", { flags: [flags, FLAGS], values: [values, RECORD], standard: [standard, RECORD] });
  return Object.entries(flags).flatMap(([name, flag]) => {
    const words = wordsOfFlag(name, flag, values[name]);
    return words.join(" ") === wordsOfFlag(name, flag, standard[name]).join(" ") ? [] : words;
  });
}

function wordsOfFlag(name: string, flag: Flag, value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value === "boolean") return [`--${value ? "" : "no-"}${typedName(name)}`];
  const written = flag.write === undefined ? String(value) : flag.write(value as never);
  const texts = typeof written === "string" ? [written] : written;
  return texts.flatMap((text) => [`--${typedName(name)}`, text]);
}

/** The words of every --split; "val", as ScanNet calls it, is read too. */
export const SPLIT_WORDS = {
  type: "text",
  choices: ["train", "validation", "test", "all"],
  alsoRead: { val: "validation" },
} as const;

/** A flag's name as it is typed, without the dashes. */
export function typedName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** "--rooms N", "--no-pixels" for a switch that is on, "--[no-]balance" for one that something else decides. */
export function flagWords(name: string, flag: Flag): string {
  if (flag.type === "boolean")
    return `--${flag.default === true ? "no-" : flag.default === null ? "[no-]" : ""}${typedName(name)}`;
  const value =
    flag.value ??
    { whole: "N", number: "X", text: "TEXT", path: "PATH", list: "A,B", paths: "PATH,PATH", texts: "TEXT" }[flag.type];
  return `--${typedName(name)} ${"mayBeEmpty" in flag && flag.mayBeEmpty ? `[${value}]` : value}`;
}

/** The heading of what every command takes; help shows it last. */
export const COMMON_GROUP = "Every command";

/** The flags that every command takes. */
export const COMMON_FLAGS = defineFlags({
  quiet: { type: "boolean", group: COMMON_GROUP, describe: "Print errors only: no progress, no closing table" },
  json: { type: "boolean", group: COMMON_GROUP, describe: "Print the result as JSON on standard output" },
  logLevel: {
    type: "text",
    group: COMMON_GROUP,
    value: "LEVEL",
    choices: LOG_LEVELS,
    default: "info",
    describe: "Log level",
  },
  config: {
    type: "path",
    group: COMMON_GROUP,
    value: "FILE",
    describe: "Read flags from a JSON or YAML file; typed flags win",
  },
});
