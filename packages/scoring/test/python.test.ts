import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decimalDigit, pythonFloat, pythonStrip } from "../src/python.ts";
import { nastyText } from "./support/nastyText.ts";
import { bits, hasPython, PYTHON_BITS, runPython } from "./support/python.ts";

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

describe("pythonFloat", () => {
  test("reads what Python reads and JavaScript does not, and the other way round", () => {
    expect(["1_000", " 1e1\n", ".5", "5.", "+1", "٣.٥", "-inf", "INFINITY"].map(pythonFloat)).toEqual([
      1000,
      10,
      0.5,
      5,
      1,
      3.5,
      -Infinity,
      Infinity,
    ]);
    expect(pythonFloat("NaN")).toBeNaN();
    expect(bits(pythonFloat("-0")!)).toBe("8000000000000000");
    expect(["", " ", "0x10", "1_", "_1", "1__0", "1_.5", "1,5", "\x1c1", "1\0", "two"].map(pythonFloat)).toEqual(
      Array(11).fill(null),
    );
  });

  test("regression: tens of millions of digits and underscores do not run out of stack", () => {
    expect(pythonFloat("1_".repeat(10_000_000))).toBeNull();
    expect(pythonFloat(`${"1_1".repeat(3_000_000)}x`)).toBeNull();
    expect(pythonFloat(`${"1_1".repeat(3_000_000)}`)).toBe(Infinity);
    expect(pythonFloat(`${"1".repeat(10_000_000)}x`)).toBeNull();
  });

  test("is done with a megabyte of blanks and digits", () => {
    expect(pythonFloat(`1${" ".repeat(1_000_000)}x`)).toBeNull();
    expect(pythonFloat("9".repeat(1_000_000))).toBe(Infinity);
    expect(pythonFloat("1_".repeat(500_000))).toBeNull();
  });

  (hasPython ? test : test.skip)("equals float() on 20,000 nasty texts", () => {
    const texts = fc.sample(nastyText, { numRuns: 20_000, seed: 5 });
    const program = `${PYTHON_BITS}
def read(text):
    try: return bits(float(text))
    except ValueError: return None
print(json.dumps([read(text) for text in json.load(sys.stdin)]))`;
    const ours = texts.map((text) => {
      const value = pythonFloat(text);
      return [text, value === null ? null : bits(value)];
    });
    const theirs = runPython(program, texts) as (string | null)[];
    expect(theirs.filter((value) => value !== null).length).toBeGreaterThan(1000);
    expect(ours).toEqual(theirs.map((value, index) => [texts[index], value]));
  });
});

describe("pythonStrip", () => {
  test("strips the separators JavaScript's trim leaves, and leaves the byte order mark it strips", () => {
    expect(pythonStrip("\x1c\x85 a b\u3000")).toBe("a b");
    expect(pythonStrip("\ufeffa")).toBe("\ufeffa");
    expect([pythonStrip(""), pythonStrip(" \n")]).toEqual(["", ""]);
  });

  (hasPython ? test : test.skip)(
    "strips exactly the characters of the Basic Multilingual Plane that Python strips",
    () => {
      const program = `
import json, sys
json.load(sys.stdin)
print(json.dumps([c for c in range(0x10000) if chr(c).strip() == ""]))`;
      const ours = Array.from({ length: 0x10000 }, (_, code) => code).filter(
        (code) => pythonStrip(String.fromCharCode(code)) === "",
      );
      expect(ours).toEqual(runPython(program, null));
    },
  );
});
