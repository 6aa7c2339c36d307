import { countOf } from "@vsi/dataset/internal";
import { COMMON_GROUP, type Command, flagWords, typedName } from "./define.ts";
import type { Argument, Flag } from "./flag.ts";

/** No wider than this, so that lines stay readable on a wide terminal. */
const WIDEST = 100;

/** Where the width is unknown, as in a pipe. */
const USUAL_WIDTH = 80;

/** Descriptions begin here at the latest; a longer flag has a line of its own. */
const WIDEST_FLAG = 22;

/** The heading of flags without a group. */
const PLAIN_GROUP = "Flags";

/** What a help page is about. */
export interface HelpPage {
  /** The command as it is typed, such as "vsi-build verify". */
  called: string;
  /** Null for a program that does nothing without a sub-command. */
  command: Command | null;
  /** The program's sub-commands, on its own page. */
  commands: readonly { called: string; about: string }[];
  /** What stands at the end: exit codes. */
  closing: string;
  /** One line on a program without a command of its own. */
  about: string;
}

/**
 * A help page, as wide as the terminal up to 100 columns.
 *
 * @param all whether rarely used flags are shown too.
 */
export function helpText(page: HelpPage, all: boolean, columns: number = terminalColumns() ?? USUAL_WIDTH): string {
  const width = Math.min(WIDEST, columns);
  const { command, commands, called } = page;
  const groups = command === null ? [] : groupsOf(command, all);
  const words = Object.entries(command?.arguments ?? {}).map(
    ([name, { describe }]) => [name.toUpperCase(), describe] as const,
  );
  const tables = [
    words,
    ...groups.map(([, flags]) => flags),
    ...(command?.formats ?? []).map(({ rows: names }) => names),
  ];
  const left = Math.max(0, ...tables.flat().map(([one]) => one.length));
  const rows = (pairs: Pairs): string[] => twoColumns(pairs, Math.min(WIDEST_FLAG, left), width);
  const lines = [...wrapped(command?.about ?? page.about, width), "", ...usage(page, width)];
  if (commands.length > 0) {
    const widest = Math.max(...commands.map(({ called: one }) => one.length));
    lines.push(
      "",
      "Commands",
      ...twoColumns(
        commands.map(({ called: one, about }) => [one, about]),
        widest,
        width,
      ),
    );
  }
  const hidden = Object.values(command?.flags ?? {}).filter(({ rare }) => rare === true).length;
  if (command !== null) {
    if (words.length > 0) lines.push("", "Arguments", ...rows(words));
    for (const [group, flags] of groups) lines.push("", group, ...rows(flags));
    for (const { heading, rows: names } of command.formats) lines.push("", ...wrapped(heading, width), ...rows(names));
    if (all || hidden === 0) lines.push(...examples(command, width));
  }
  const also = command?.examples.length === 0 ? "" : " and examples";
  const more = hidden > 0 && !all ? [`${called} --help-all lists ${countOf(hidden, "more flag")}${also}.`] : [];
  const sub = commands.length > 0 ? [`A command's own flags: ${called} COMMAND --help`] : [];
  lines.push("", ...[...more, ...sub, page.closing].flatMap((line) => wrapped(line, width)));
  return `${lines.join("\n")}\n`;
}

/** Columns of the terminal, or what the shell says of it to programs in a pipe; undefined where neither is known. */
export function terminalColumns(stream: { columns?: number } = process.stdout): number | undefined {
  return stream.columns ?? (Number(process.env.COLUMNS) || undefined);
}

function usage({ called, command, commands }: HelpPage, width: number): string[] {
  const ways: string[] = [];
  if (command !== null) {
    const required = Object.entries(command.flags).filter(([, flag]) => flag.required === true);
    const words = [
      called,
      ...Object.entries(command.arguments).map(([name, argument]) => argumentWord(name, argument)),
      ...required.map(([name, flag]) => flagWords(name, flag)),
      ...(Object.keys(command.flags).length > 0 ? ["[flags]"] : []),
    ];
    ways.push(words.join(" "));
  }
  if (commands.length > 0) ways.push(`${called} COMMAND [flags]`);
  const indent = "       ";
  return ways.flatMap((way, index) => {
    // A flag keeps its value on its line.
    const parts = way.split(/ (?=-|\[flags\]$)/).map((part) => part.replaceAll(" ", UNBROKEN));
    const lines = wrapped(parts.join(" "), width - indent.length - 2);
    return lines.map(
      (line, number) => `${index === 0 && number === 0 ? "Usage: " : number === 0 ? indent : `${indent}  `}${line}`,
    );
  });
}

/** "FOLDER", "[SHARDS...]". */
export function argumentWord(name: string, { many, optional }: Argument): string {
  const word = `${name.toUpperCase()}${many ? "..." : ""}`;
  return optional ? `[${word}]` : word;
}

/** Flags under their headings, those of every command last. */
function groupsOf({ flags }: Command, all: boolean): [string, Pairs][] {
  const groups = new Map<string, Pairs>();
  for (const [name, flag] of Object.entries(flags)) {
    if (flag.rare === true && !all) continue;
    const group = flag.group ?? PLAIN_GROUP;
    groups.set(group, [...(groups.get(group) ?? []), [flagWords(name, flag), flagText(flag, all)]]);
  }
  return [...groups].sort(([a], [b]) => Number(a === COMMON_GROUP) - Number(b === COMMON_GROUP));
}

function flagText(flag: Flag, all: boolean): string {
  const { describe, more, defaultText, required, needs } = flag;
  // A list has more choices than a short page has room for.
  const choices = "choices" in flag && (all || flag.type === "text") ? `: ${flag.choices?.join(", ")}` : "";
  const isPlain = ["string", "number"].includes(typeof flag.default);
  const standard = defaultText ?? (isPlain ? String(flag.default) : null);
  const needed = needs === undefined ? [] : typeof needs === "string" ? [needs] : needs;
  const notes = [
    ...(required === true ? ["required"] : []),
    ...(needed.length === 0 ? [] : [`with ${needed.map((name) => `--${typedName(name)}`).join(" or ")}`]),
    ...(required === true || standard === null ? [] : [`default: ${standard}`]),
  ];
  const details = all && more !== undefined ? `. ${more}` : "";
  return `${describe}${choices}${details}${notes.length === 0 ? "" : ` (${notes.map((note) => note.replace(" ", UNBROKEN)).join("; ")})`}`;
}

/** A blank at which no line ends. */
const UNBROKEN = "\u00a0";

function examples({ examples: pairs }: Command, width: number): string[] {
  if (pairs.length === 0) return [];
  const lines = pairs.flatMap(([words, about]) => [
    ...folded(words, width - 2).map((line, index) => `${index === 0 ? "  " : "    "}${line}`),
    ...wrapped(about, width - 6).map((line) => `      ${line}`),
  ]);
  return ["", "Examples", ...lines];
}

/** A command line cut in front of flags, with a backslash at each cut, so that it can be pasted. */
function folded(words: string, columns: number): string[] {
  if (words.length <= columns) return [words];
  // A flag keeps its value. Room for the backslash, and for the two columns that further lines stand in.
  const parts = words.split(/ (?=-)/).map((part) => part.replaceAll(" ", UNBROKEN));
  return wrapped(parts.join(" "), columns - 4).map((line, index, all) =>
    index < all.length - 1 ? `${line} \\` : line,
  );
}

/** Words and what they are about. */
type Pairs = readonly (readonly [words: string, about: string])[];

/** Two columns, the second one wrapped; words that are too long have a line of their own. */
function twoColumns(pairs: Pairs, left: number, width: number): string[] {
  const indent = " ".repeat(left + 4);
  return pairs.flatMap(([words, about]) => {
    const [first = "", ...others] = wrapped(about, width - left - 4);
    const rest = others.map((line) => `${indent}${line}`);
    return words.length > left
      ? [`  ${words}`, `${indent}${first}`, ...rest]
      : [`  ${words.padEnd(left)}  ${first}`, ...rest];
  });
}

/** Lines of at most so many columns, cut between words. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => one.replaceAll(UNBROKEN, " "));
}
