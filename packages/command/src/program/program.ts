import { closeSync, existsSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { isatty } from "node:tty";
import { fileURLToPath } from "node:url";
import { argumentError, checkArguments, type Kind, PATH, printable, TEXTS } from "@vsi/dataset/internal";
import { fileError } from "@vsi/dataset/internal/node";
import { UsageError } from "../errors.ts";
import { COMMON_FLAGS, isListType, type RunnableCommand, typedName } from "./define.ts";
import { argumentWord, type HelpPage, helpText } from "./help.ts";
import { PROGRAM } from "./kinds.ts";
import { nearFlag, readValues, textDash } from "./readValues.ts";
import { type Interruptible, runInterruptibly } from "./signals.ts";
import { didYouMean } from "./suggest.ts";

type ErrorClass = abstract new (...detail: never[]) => Error;

/** A program as its package describes it: what it does alone, and its sub-commands. */
export interface Program extends Interruptible {
  /** One line, without a full stop. */
  about: string;
  /** What --version prints. */
  version: () => Promise<string>;
  /** What it does without a sub-command. */
  main?: RunnableCommand;
  commands: Readonly<Record<string, RunnableCommand>>;
  /** The last line of every help page. */
  exitCodes: string;
  /** Loaded once something has failed. */
  errors: () => Promise<{
    /** Their messages are written for the user; any other error is a defect of ours and comes with its stack. */
    explained: readonly ErrorClass[];
    /** Those among them that are about what was typed or pointed at, found before anything was made of it: exit code 2. */
    usage: readonly ErrorClass[];
    /** Codes of those of other classes that are: a file that does not fit, as against a full disk. */
    usageCodes?: readonly string[];
  }>;
}

/**
 * Runs a program and sets the process's exit code: 0 done, 1 something failed, 2 wrong usage, 130 or 143 after a
 * signal.
 *
 * @param words the command line without node and script.
 *
 * @example
 * ```js
 * import { defineCommand, lazily, runProgram } from "@vsi/command/program";
 *
 * const hello = defineCommand({
 *   about: "Say hello",
 *   flags: { times: { type: "whole", from: 1, default: 1, describe: "Number of greetings" } },
 * });
 * async function run({ times }) {
 *   console.log("Hello! ".repeat(times).trim());
 *   return 0;
 * }
 * const program = {
 *   ...{ name: "hello", about: "Say hello", version: async () => "1.0.0", exitCodes: "Exit codes: 0 done, 2 wrong usage." },
 *   ...{ errors: async () => ({ explained: [], usage: [] }), afterInterruption: "", endsWithin: null },
 *   ...{ main: lazily(hello, async () => ({ run })), commands: {} },
 * };
 * await runProgram(program, ["--times", "2"]);
 * ```
 */
export async function runProgram(program: Program, words: readonly string[] = process.argv.slice(2)): Promise<void> {
  checkArguments("runProgram", { program: [program, PROGRAM], words: [words, TEXTS] });
  printing = program.name;
  if (!process.stdout.listeners("error").includes(onOutputError)) process.stdout.on("error", onOutputError);
  if (!process.stderr.listeners("error").includes(onProgressError)) process.stderr.on("error", onProgressError);
  if (!process.listeners("exit").includes(leaveClosedTerminal)) process.on("exit", leaveClosedTerminal);
  if (!process.listeners("SIGHUP").includes(onHangUp)) process.on("SIGHUP", onHangUp);
  process.exitCode = await runInterruptibly(
    program,
    () => runWords(program, words),
    (error) => reportError(error, program),
  );
}

/**
 * Reads the command line and does what it says; prints help and version itself.
 *
 * @returns the exit code
 * @throws UsageError with what to type instead, and whatever the command throws.
 */
export async function runWords(program: Program, typed: readonly string[]): Promise<number> {
  const words = asHelpFlag(program, typed);
  const beforeDashes = words.includes("--") ? words.slice(0, words.indexOf("--")) : words;
  const wantsHelp = beforeDashes.some((word) => word === "--help" || word === "-h" || word === "--help-all");
  const { name, command, rest, isUnknown } = findCommand(program, words, wantsHelp);
  // The page of all commands would not say that there is none of this name.
  if (wantsHelp && !isUnknown) {
    process.stdout.write(helpText(helpPage(program, name), beforeDashes.includes("--help-all")));
    return 0;
  }
  if (beforeDashes.includes("--version")) {
    process.stdout.write(`${await program.version()}\n`);
    return 0;
  }
  return command.start(await readValues(command.command, rest, calledName(program, name)));
}

/** "vsi-build help verify" is "vsi-build verify --help", unless there is a command, or for "vsi-view help" a path, of that name. */
function asHelpFlag({ commands, main }: Program, typed: readonly string[]): readonly string[] {
  const at = afterCommonFlags(typed);
  if (typed[at] !== "help" || Object.hasOwn(commands, "help")) return typed;
  const isPath = Object.keys(main?.command.arguments ?? {}).length > 0 && typed.length === at + 1 && existsSync("help");
  if (isPath) return typed;
  const asked = typed.slice(at + 1);
  // "help help" asks for the program's own page.
  return [
    ...typed.slice(0, at),
    ...(asked[0] === "help" ? asked.slice(1) : asked).filter((word) => word !== "--"),
    "--help",
  ];
}

/** The page that --help prints. @param name a sub-command; null for the program's own page. */
export function helpPage(program: Program, name: string | null): HelpPage {
  const { about, exitCodes, main = null, commands } = program;
  const called = calledName(program, name);
  if (name !== null) {
    return { called, about, closing: exitCodes, commands: [], command: commands[name]?.command ?? null };
  }
  const list = Object.entries(commands).map(([one, { command }]) => {
    const words = Object.entries(command.arguments).map(([argument, row]) => argumentWord(argument, row));
    return { called: [one, ...words].join(" "), about: command.about };
  });
  return { called, about, closing: exitCodes, commands: list, command: main?.command ?? null };
}

function calledName(program: Program, name: string | null): string {
  return name === null ? program.name : `${program.name} ${name}`;
}

/** The sub-command among the words: the first one, or the first behind flags that every command takes. */
function findCommand(
  program: Program,
  words: readonly string[],
  wantsHelp: boolean,
): { name: string | null; command: RunnableCommand; rest: string[]; isUnknown: boolean } {
  const at = afterCommonFlags(words);
  const name = words[at];
  if (name !== undefined && Object.hasOwn(program.commands, name)) {
    const command = program.commands[name];
    if (command !== undefined)
      return { name, command, rest: words.filter((_, index) => index !== at), isUnknown: false };
  }
  const late = lateCommand(program, words.slice(at));
  if (late !== null) {
    const start = async (): Promise<number> => {
      const called = calledName(program, late);
      throw new UsageError(
        `Got ${late} after ${words[at]}, expected the command first: ${called} ...\n${called} --help says what it takes.`,
      );
    };
    return { name: late, command: { command: ANY_WORDS, start }, rest: [], isUnknown: false };
  }
  const isWord = name !== undefined && !name.startsWith("-");
  const isPath = isWord && (/[/\\]/.test(name) || existsSync(name));
  const takenWords = Object.entries(program.main?.command.arguments ?? {});
  const takesWords = takenWords.length > 0;
  const taken = takesWords ? takenWords.map(([word, row]) => argumentWord(word, row)) : ["[flags]"];
  const called = [program.name, ...taken].join(" ");
  const start = async (): Promise<number> => {
    const names = Object.keys(program.commands);
    const near = isWord
      ? textDash(name) || didYouMean(name, [...names, "version"], (one) => typedLine(program, one))
      : "";
    const wrong = isPath ? `Got ${name}, expected ${program.main === undefined ? "" : "flags or "}a command.` : null;
    const isOwnVerb = program.main !== undefined && program.name.endsWith(`-${name}`);
    const alone = near === "" && (takesWords || isOwnVerb) ? ` Without a command it is ${called}.` : "";
    const before = name === undefined ? "Say what to do." : `Got ${name}, expected the command first.${nearFlag(name)}`;
    const got = isWord ? (wrong ?? `Unknown command ${name}.${near}${alone}`) : before;
    throw new UsageError(`${got} Commands: ${names.join(", ")}.\n${program.name} --help says what each does.`);
  };
  // A word before the one path that there is to be is meant as a command: "vsi-view serve ./vsi-100k". A path has no
  // help page either, which is as much as a word that is almost a command's name.
  const isBeforePath = takenWords.length === 1 && plainWords(program, beforeLists(program, words.slice(at))).length > 1;
  const isNear = isWord && didYouMean(name, Object.keys(program.commands), String) !== "";
  const isMisspelt = isWord && !isPath && (isBeforePath || (wantsHelp && isNear));
  const isUnknown = isMisspelt || (isWord && !takesWords && Object.keys(program.commands).length > 0);
  if (program.main === undefined || isUnknown) {
    // Read as one that takes anything, so that the command is what the message is about.
    return { name: null, command: { command: ANY_WORDS, start }, rest: [], isUnknown: isWord };
  }
  return { name: null, command: program.main, rest: [...words], isUnknown: false };
}

/** A command, or what is a command of other programs and a flag here. */
function typedLine({ name, commands }: Program, word: string): string {
  return `${name} ${word === "version" && !Object.hasOwn(commands, word) ? `--${word}` : word}`;
}

/** Where the first word stands behind flags that every command takes. */
function afterCommonFlags(words: readonly string[]): number {
  let at = 0;
  for (;;) {
    const flag = Object.entries(COMMON_FLAGS).find(
      ([name]) => words[at]?.replace(/=.*/s, "") === `--${typedName(name)}`,
    );
    if (flag === undefined) return at;
    at += flag[1].type === "boolean" || words[at]?.includes("=") ? 1 : 2;
  }
}

/** A command's name behind the flags that it should stand before; null where there is none. */
function lateCommand(program: Program, words: readonly string[]): string | null {
  return plainWords(program, words).find((word) => Object.hasOwn(program.commands, word)) ?? null;
}

/** The words that are neither flags of the main command nor the first value of one, which may be anything: --out stats. */
function plainWords({ main }: Program, words: readonly string[]): string[] {
  const takeValue = Object.entries(main?.command.flags ?? {}).flatMap(([name, { type }]) => {
    return type === "boolean" ? [] : [`--${typedName(name)}`];
  });
  const plain: string[] = [];
  for (let at = 0; at < words.length && words[at] !== "--"; at += 1) {
    const word = words[at] ?? "";
    if (takeValue.includes(word)) at += 1;
    else if (!word.startsWith("-")) plain.push(word);
  }
  return plain;
}

/** The words before a flag that takes as many as there are. */
function beforeLists({ main }: Program, words: readonly string[]): readonly string[] {
  const lists = Object.entries(main?.command.flags ?? {}).flatMap(([name, { type }]) => {
    return isListType(type) ? [`--${typedName(name)}`] : [];
  });
  const end = words.findIndex((word) => lists.includes(word));
  return end < 0 ? words : words.slice(0, end);
}

const ANY_WORDS = { about: "", arguments: {}, flags: {}, formats: [], examples: [] } as const;

/** Prints an error as one plain line and says what the exit code is. */
async function reportError(error: unknown, program: Program): Promise<number> {
  const { explained, usage, usageCodes = [] } = await program.errors();
  const isOf = (kinds: readonly ErrorClass[]): boolean => kinds.some((kind) => error instanceof kind);
  const isExplained = error instanceof UsageError || isOf(explained);
  const text = error instanceof Error ? (isExplained ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(printable(`${program.name}: ${text}\n`));
  const isUsage = isOf(usage) || (isOf(explained) && usageCodes.includes((error as { code?: string }).code ?? ""));
  return error instanceof UsageError || isUsage ? 2 : 1;
}

/** The program that prints to standard output. */
let printing = "";

/**
 * A reader that closed the pipe, such as `| head`, wants no more: that is no failure. A full disk below `> FILE` is one,
 * and so is a terminal that was closed: results are lost. It ends the command at once, as nothing that it has still to say
 * could be printed; results come last, when all files are written.
 */
function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") return;
  const { got } = fileError(error, "standard output", "a place to print to").detail;
  const message = `${printing}: standard output: got ${got}, expected a place to print to. What was printed is lost; what goes to files is complete.`;
  process.stderr.write(printable(`${message}\n`));
  process.exit(1);
}

/**
 * Progress, warnings and errors that nobody can read any more, on a full disk or a closed terminal, stop no work: the
 * exit code still says how it ended. Without a listener, Node would end the process.
 */
function onProgressError(): void {}

/** Asked at once: a terminal that was closed is none any more. */
const IS_ON_TERMINAL = [0, 1, 2].some((stream) => isatty(stream));

/**
 * `nohup vsi-train ... &` is to outlive its terminal. Node undoes that: it gives SIGHUP its deadly default back before any
 * script runs, and does not say that it was ignored. What nohup starts has nothing to do with a terminal, by which it is
 * known; any other command ends, as it does without this.
 */
function onHangUp(): void {
  if (!IS_ON_TERMINAL) return;
  process.off("SIGHUP", onHangUp);
  process.kill(process.pid, "SIGHUP");
}

/** When Node 20 ends it puts the terminal's settings back, and aborts (134) where the terminal was closed meanwhile. */
function leaveClosedTerminal(): void {
  for (const stream of [0, 1, 2]) {
    try {
      writeSync(stream, "");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EIO") closeSync(stream);
    }
  }
}

const FILE: Kind = {
  words: "a path, or a URL of a file",
  fits: (value) => (value instanceof URL ? value.protocol === "file:" : PATH.fits(value)),
};

/**
 * The version in a package.json.
 *
 * @param packageJson its address, such as `new URL("../package.json", import.meta.url)`, or its path.
 * @throws DatasetError for a file that can't be read; OptionsError for one without a version.
 *
 * @example
 * ```js
 * import { writeFile } from "node:fs/promises";
 * import { packageVersion } from "@vsi/command/program";
 *
 * await writeFile("mine.json", `{ "version": "1.2.0" }`);
 * console.log(await packageVersion("mine.json")); // 1.2.0
 * ```
 */
export async function packageVersion(packageJson: URL | string): Promise<string> {
  checkArguments("packageVersion", { packageJson: [packageJson, FILE] });
  const path = typeof packageJson === "string" ? packageJson : fileURLToPath(packageJson);
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw fileError(error, path, "a package.json");
  });
  const version = versionIn(text);
  if (version === null) throw argumentError("packageVersion", "packageJson", path, "a package.json with a version");
  return version;
}

function versionIn(text: string): string | null {
  try {
    const { version } = JSON.parse(text) as { version?: unknown };
    return typeof version === "string" ? version : null;
  } catch {
    return null;
  }
}
