import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { shortLine } from "../../src/output/shortLine.ts";

test("a model's text can neither break the line nor reach the terminal's controls", () => {
  expect(shortLine("a\nb\u001b[31m\u009b2J\u202e")).toBe('"a\\nb\\u001b[31m\\u{9b}2J\\u{202e}"');
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(shortLine(text)).toMatch(/^"[^\p{Cc}\p{Cf}\p{Cs}]*"$/u);
    }),
  );
});

test("a long text is cut, a short one is whole", () => {
  expect(shortLine("x".repeat(5000))).toBe(`"${"x".repeat(100)}…"`);
  expect(shortLine("2.5 m")).toBe('"2.5 m"');
});
