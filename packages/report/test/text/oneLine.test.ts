import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { oneLine } from "../../src/text/oneLine.ts";
import { nastyText } from "../support/nastyText.ts";

test("line breaks become spaces, escape sequences and reversed text lose their effect", () => {
  expect(oneLine(" a\r\n\tb ")).toBe("a b");
  expect(oneLine("\u001b[2Jgone")).toBe("\uFFFD[2Jgone");
  expect(oneLine("\u202egnp.exe")).toBe("\uFFFDgnp.exe");
  expect(oneLine("\u{10fffe}")).toBe("\uFFFD");
});

test("the result is always well-formed text without control characters", () => {
  fc.assert(
    fc.property(nastyText, (text) => {
      const line = oneLine(text);
      expect(line).not.toMatch(/\p{Cc}/u);
      expect(Buffer.from(line, "utf8").toString("utf8")).toBe(line);
      expect(oneLine(line)).toBe(line);
    }),
  );
});
