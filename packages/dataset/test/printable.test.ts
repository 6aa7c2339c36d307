import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { VsiError } from "../src/errors.ts";
import { printable, printableLine } from "../src/printable.ts";

const OBEYED = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom("\x1b", "\x07", "\x9b", "\x7f", "\r", "\n", "\t", "\u202e", "\u2066", "\u061c", "\u2028"),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
  ),
});

describe("printable", () => {
  test("escape sequences, C1 controls and bidirectional overrides are spelled out; other text stays", () => {
    expect(printable("\x1b[31mred\x07 \x9b2J \u202egnp.exe\u2066")).toBe(
      "\\u001b[31mred\\u0007 \\u009b2J \\u202egnp.exe\\u2066",
    );
    expect(printable("Möbel, 椅子, 👩‍💻\nشباك\tend")).toBe("Möbel, 椅子, 👩‍💻\nشباك\tend");
  });

  test("no text keeps anything that a terminal obeys, and a line stays one line", () => {
    fc.assert(
      fc.property(text, (any) => {
        expect(printable(any)).not.toMatch(OBEYED);
        expect(printableLine(any)).not.toMatch(/[\n\t]/);
      }),
    );
  });

  test("JSON stays JSON of the same value", () => {
    fc.assert(
      fc.property(text, (any) => {
        expect(JSON.parse(printable(JSON.stringify({ any }, null, 2)))).toEqual({ any });
      }),
    );
  });
});

test("regression: an error that quotes a file or its name prints no escape sequence", () => {
  const detail = {
    file: "\x1b]0;title\x07.json",
    place: "line 1",
    got: '"\u202e\u009b"\nx',
    expected: "a",
    advice: "b.",
  };
  const { message } = new VsiError("code", detail);
  expect(message).toBe('\\u001b]0;title\\u0007.json: line 1: got "\\u202e\\u009b"\\nx, expected a. b.');
  expect(new VsiError<null>("code", "--out \x1b[2J: full.\nSecond line.").message).toBe(
    "--out \\u001b[2J: full.\nSecond line.",
  );
});
