import { describe, expect, test } from "@jest/globals";
import { decimalDigit } from "../../src/official/decimalDigit.ts";
import { hasPython, runPython } from "./python.ts";

describe("decimalDigit", () => {
  test("reads digits of several scripts, and nothing that is only like a digit", () => {
    const digitOf = (text: string) => decimalDigit(text.codePointAt(0)!);
    expect(["0", "9", "٣", "३", "９", "𝟘", "𝟿"].map(digitOf)).toEqual([0, 9, 3, 3, 9, 0, 9]);
    expect(["a", "²", "½", "Ⅷ", "一", "\ud835", "/", ":"].map(digitOf)).toEqual([-1, -1, -1, -1, -1, -1, -1, -1]);
  });

  (hasPython ? test : test.skip)("agrees with Python's unicodedata on every code point that Python knows", () => {
    const program = `
import json, sys, unicodedata
json.load(sys.stdin)
print(json.dumps([[c, unicodedata.decimal(chr(c), -1)] for c in range(0x110000) if unicodedata.decimal(chr(c), -1) >= 0]))`;
    const digits = runPython(program, null) as [number, number][];
    expect(digits.length).toBeGreaterThan(500);
    for (const [codePoint, digit] of digits) expect([codePoint, decimalDigit(codePoint)]).toEqual([codePoint, digit]);
  });
});
