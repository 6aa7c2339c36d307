/** One word of JSON (RFC 8259): a bracket, a comma, a colon, a text, a number, true, false or null. */
const WORD =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|[\x7f-\x9f])*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|true\b|false\b|null\b))/uy;

/** What may come next. */
type Expected = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end" | "nothing";

/**
 * Where a text stops being JSON, as "line 3": JSON.parse gives the position only in some messages, and not the line.
 *
 * @returns null for a text that is JSON.
 */
export function jsonErrorPlace(text: string): string | null {
  const open: string[] = [];
  let expected: Expected = "value";
  let offset = 0;
  for (;;) {
    WORD.lastIndex = offset;
    const found = WORD.exec(text);
    if (found === null) break;
    const [whole, mark, string] = found;
    const next = step(mark ?? (string === undefined ? "literal" : "string"), expected, open);
    if (next === null) break;
    const afterValue: Expected = open.length === 0 ? "nothing" : "comma or end";
    expected = next === "value done" ? afterValue : next;
    offset += whole.length;
  }
  const rest = text.slice(offset).trimStart();
  if (expected === "nothing" && rest === "") return null;
  return `line ${text.slice(0, text.length - rest.length).split("\n").length}`;
}

/** @returns what may come after a word; null where the word itself may not stand. */
function step(word: string, expected: Expected, open: string[]): Expected | "value done" | null {
  const takesValue = expected === "value" || expected === "value or end";
  switch (word) {
    case "{":
    case "[":
      if (!takesValue) return null;
      open.push(word);
      return word === "{" ? "key or end" : "value or end";
    case "}":
    case "]": {
      const fits = word === "}" ? expected === "key or end" : expected === "value or end";
      if (!fits && expected !== "comma or end") return null;
      return open.pop() === (word === "}" ? "{" : "[") ? "value done" : null;
    }
    case ",":
      if (expected !== "comma or end") return null;
      return open.at(-1) === "{" ? "key" : "value";
    case ":":
      return expected === "colon" ? "value" : null;
    case "string":
      if (expected === "key" || expected === "key or end") return "colon";
      return takesValue ? "value done" : null;
    default:
      return takesValue ? "value done" : null;
  }
}
