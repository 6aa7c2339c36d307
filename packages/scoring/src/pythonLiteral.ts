import { checkArguments, TEXT } from "@vsi/dataset/internal";
import { pythonFloat } from "./python.ts";

/** A value of Python's, as ast.literal_eval reads it. Numbers are the text that str() gives them. */
export type PythonLiteral =
  | { kind: "list" | "tuple" | "set"; items: PythonLiteral[] }
  | { kind: "dict"; entries: [PythonLiteral, PythonLiteral][] }
  | { kind: "text"; text: string }
  | { kind: "number" | "name"; text: string };

/** Deeper nesting is no answer and no list of options, and would overflow the stack; Python refuses 200 brackets. */
const MOST_BRACKETS = 100;

/**
 * Python's ast.literal_eval (CPython 3.11) for lists, tuples, sets, dictionaries, texts, numbers with a sign, True,
 * False and None; undefined for what it does not read. Bytes, sums with complex numbers and characters by their names
 * (\N{...}) are not read here either.
 *
 * @example
 * ```js
 * import { parsePythonLiteral } from "@vsi/scoring";
 *
 * console.log(JSON.stringify(parsePythonLiteral("['A. left', 'B. right']")));
 * ```
 */
export function parsePythonLiteral(source: string): PythonLiteral | undefined {
  checkArguments("parsePythonLiteral", { source: [source, TEXT] });
  // "source code string cannot contain null bytes"
  if (source.includes("\0")) return undefined;
  try {
    return new LiteralParser(source.replace(/^[ \t]+/, "")).parse();
  } catch (error) {
    if (error instanceof NoLiteral) return undefined;
    throw error;
  }
}

/** Python's str() of a literal: a text as it is, anything else as it is written. */
export function pythonStr(value: PythonLiteral): string {
  return value.kind === "text" ? value.text : written(value);
}

function written(value: PythonLiteral): string {
  switch (value.kind) {
    case "text": {
      const quote = value.text.includes("'") && !value.text.includes('"') ? '"' : "'";
      const escaped = value.text.replace(/\\|\p{Cc}/gu, (character) => {
        const short = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" }[character];
        return short ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
      });
      return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
    }
    case "list":
      return `[${value.items.map(written).join(", ")}]`;
    case "tuple":
      return `(${value.items.map(written).join(", ")}${value.items.length === 1 ? "," : ""})`;
    case "set":
      return `{${value.items.map(written).join(", ")}}`;
    case "dict":
      return `{${value.entries.map(([key, entry]) => `${written(key)}: ${written(entry)}`).join(", ")}}`;
    default:
      return value.text;
  }
}

class NoLiteral extends Error {}

const BLANKS_OUTSIDE = /[ \t\f]*(?:#[^\n\r]*)?/y;
const LINE_END = /\r?\n|\r/y;
const INDENTED = /[ \t]+(?![ \t\f]*[\n\r#])/y;
const BLANKS_INSIDE = /(?:[ \t\f\n\r]|\\\r?\n|#[^\n\r]*)*/y;
const INTEGER = /(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?0)*(?![\d_])|[1-9](?:_?\d)*)/y;
const FLOAT =
  /(?:\d(?:_?\d)*)?\.\d(?:_?\d)*(?:[eE][+-]?\d(?:_?\d)*)?|\d(?:_?\d)*(?:\.(?:[eE][+-]?\d(?:_?\d)*)?|[eE][+-]?\d(?:_?\d)*)/y;
const NAME = /(?:True|False|None)(?![\p{L}\p{N}_])/uy;
const TEXT_START = /([rRuU]?)('''|"""|'|")/y;
// "007" is no number, but "007j" is.
const LEADING_ZEROS = /0(?:_?\d)*/y;
const LEADING_ZERO = /^0[0_]*[1-9]/;
// A number must end: "12abc" is no number.
const GOES_ON = /[\p{L}\p{N}_.]/uy;

class LiteralParser {
  readonly #source: string;
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  parse(): PythonLiteral {
    this.#skipLines();
    const value = this.#listed("tuple", null);
    this.#skipLines();
    if (this.#at < this.#source.length) throw new NoLiteral();
    return value;
  }

  #skipLines(): void {
    this.#take(BLANKS_OUTSIDE);
    while (this.#take(LINE_END) !== null) {
      // Python refuses an indented line, also an empty one at the very end.
      if (this.#take(INDENTED) !== null) throw new NoLiteral();
      this.#take(BLANKS_OUTSIDE);
    }
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source);
    if (match !== null) this.#at += match[0].length;
    return match;
  }

  #skip(): void {
    this.#take(this.#depth > 0 ? BLANKS_INSIDE : BLANKS_OUTSIDE);
  }

  #has(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  /** Values up to `end` (null: to where they end); a single one in round brackets, or in none, is itself. */
  #listed(kind: "list" | "tuple" | "set", end: string | null, items: PythonLiteral[] = []): PythonLiteral {
    let commas = 0;
    if (items.length > 0 && this.#has(",")) commas += 1;
    for (;;) {
      this.#skip();
      if (end !== null && this.#has(end)) break;
      if (end === null && items.length > 0 && (this.#at >= this.#source.length || this.#isLineEnd())) break;
      if (items.length > commas) throw new NoLiteral();
      items.push(this.#value());
      this.#skip();
      if (this.#has(",")) commas += 1;
      else if (end === null) break;
    }
    const [only] = items;
    return kind === "tuple" && commas === 0 && only !== undefined ? only : { kind, items };
  }

  #isLineEnd(): boolean {
    return /[\n\r]/.test(this.#source.charAt(this.#at));
  }

  #value(): PythonLiteral {
    if (this.#depth > MOST_BRACKETS) throw new NoLiteral();
    this.#skip();
    for (const [open, parse] of [
      ["[", () => this.#listed("list", "]")],
      ["(", () => this.#listed("tuple", ")")],
      ["{", () => this.#braces()],
    ] as const) {
      if (!this.#has(open)) continue;
      this.#depth += 1;
      const value = parse();
      this.#depth -= 1;
      return value;
    }
    const name = this.#take(NAME);
    if (name !== null) return { kind: "name", text: name[0] };
    return this.#texts() ?? this.#number();
  }

  #braces(): PythonLiteral {
    const entries: [PythonLiteral, PythonLiteral][] = [];
    this.#skip();
    if (this.#has("}")) return { kind: "dict", entries };
    // Not parsed twice to find out what it is: of nested braces that would double with every level.
    const first = this.#value();
    this.#skip();
    if (!this.#has(":")) return this.#listed("set", "}", [first]);
    entries.push([first, this.#value()]);
    for (;;) {
      this.#skip();
      const isNext = this.#has(",");
      this.#skip();
      if (this.#has("}")) return { kind: "dict", entries };
      if (!isNext) throw new NoLiteral();
      const key = this.#value();
      this.#skip();
      if (!this.#has(":")) throw new NoLiteral();
      entries.push([key, this.#value()]);
    }
  }

  /** Texts side by side are one. */
  #texts(): PythonLiteral | null {
    let text: string | null = null;
    for (;;) {
      const start = this.#take(TEXT_START);
      if (start === null) return text === null ? null : { kind: "text", text };
      const [, prefix = "", quote = ""] = start;
      text = (text ?? "") + this.#textBody(quote, prefix.toLowerCase() === "r");
      this.#skip();
    }
  }

  #textBody(quote: string, isRaw: boolean): string {
    let text = "";
    while (!this.#has(quote)) {
      const character = this.#source.charAt(this.#at);
      const isOpen = character === "" || (quote.length === 1 && (character === "\n" || character === "\r"));
      if (isOpen) throw new NoLiteral();
      this.#at += 1;
      if (character !== "\\") text += character;
      else if (isRaw) text += character + this.#escaped();
      else text += this.#escape();
    }
    return text;
  }

  #escaped(): string {
    const character = this.#source.charAt(this.#at);
    if (character === "") throw new NoLiteral();
    this.#at += 1;
    return character;
  }

  #escape(): string {
    const octal = this.#take(/[0-7]{1,3}/y);
    if (octal !== null) return String.fromCharCode(Number.parseInt(octal[0], 8));
    const character = this.#escaped();
    const plain = ESCAPES.get(character);
    if (plain !== undefined) return plain;
    const digits = { x: /[0-9a-fA-F]{2}/y, u: /[0-9a-fA-F]{4}/y, U: /[0-9a-fA-F]{8}/y }[character];
    if (digits === undefined) {
      if (character === "N") throw new NoLiteral();
      return `\\${character}`;
    }
    const code = Number.parseInt(this.#take(digits)?.[0] ?? "", 16);
    if (!(code <= 0x10ffff)) throw new NoLiteral();
    return String.fromCodePoint(code);
  }

  #number(): PythonLiteral {
    // One sign, as literal_eval has it: "- -1" is no number to it.
    const sign = this.#has("-") ? "-" : "";
    if (sign === "") this.#has("+");
    this.#skip();
    const float = this.#take(FLOAT)?.[0] ?? null;
    const digits = float ?? this.#take(INTEGER)?.[0] ?? this.#take(LEADING_ZEROS)?.[0] ?? null;
    if (digits === null) throw new NoLiteral();
    const isImaginary = /^[\d._]+(?:e[+-]?[\d_]+)?$/i.test(digits) && this.#take(/[jJ]/y) !== null;
    if (this.#take(GOES_ON) !== null || (!isImaginary && float === null && LEADING_ZERO.test(digits)))
      throw new NoLiteral();
    if (isImaginary) {
      const part = floatText(pythonFloat(digits) ?? 0).replace(/\.0$/, "");
      return { kind: "number", text: sign === "" ? `${part}j` : `(-0-${part}j)` };
    }
    if (float !== null) return { kind: "number", text: sign + floatText(pythonFloat(float) ?? 0) };
    const whole = String(BigInt(digits.replaceAll("_", "")));
    // CPython refuses to read whole numbers of more digits.
    if (whole.length > 4300) throw new NoLiteral();
    return { kind: "number", text: whole === "0" ? whole : sign + whole };
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "\n": "",
    "\\": "\\",
    "'": "'",
    '"': '"',
    a: "\x07",
    b: "\b",
    f: "\f",
    n: "\n",
    r: "\r",
    t: "\t",
    v: "\v",
  }),
);

/** Python's repr of a float: as JavaScript's, but always a fraction or an exponent, and that from 1e16 on and below 1e-4. */
function floatText(value: number): string {
  if (value === Infinity) return "inf";
  const plain = String(value);
  const [mantissa = "", exponent] = (
    value !== 0 && (value >= 1e16 || value < 1e-4) ? value.toExponential() : plain
  ).split("e");
  if (exponent === undefined) return mantissa.includes(".") ? mantissa : `${mantissa}.0`;
  const digits = exponent.replace(/^[+-]/, "").padStart(2, "0");
  return `${mantissa}e${exponent.startsWith("-") ? "-" : "+"}${digits}`;
}
