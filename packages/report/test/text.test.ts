import { expect, test } from "@jest/globals";
import { attribute, type Element, textOf } from "@vsi/testing/readMarkup";
import fc from "fast-check";
import { parseFragment } from "parse5";
import { escapeHtml, escapeXml, formatNumber, oneLine, shorten } from "../src/text.ts";
import { nastyText } from "./support/nastyText.ts";

test("an HTML parser reads any text back whole, between tags and in an attribute", () => {
  fc.assert(
    fc.property(nastyText, (text) => {
      // Neither can stand in an HTML file at all.
      const readable = text.replace(/[\0\p{Cs}]/gu, "\uFFFD");
      const [element, ...others] = parseFragment(`<p title="${escapeHtml(text)}">${escapeHtml(text)}</p>`).childNodes;
      expect(others).toEqual([]);
      expect(textOf(element as Element)).toBe(readable);
      expect(attribute(element as Element, "title")).toBe(readable);
    }),
  );
});

test.each([
  [`<script>"a" & 'b'</script>`, "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;"],
  ["&amp;", "&amp;amp;"],
  ["a\u0000b\u001bc", "a\uFFFDb\uFFFDc"],
  ["tab\tand\nline", "tab\tand\nline"],
  ["\ud800", "\uFFFD"],
  ["Küche 🛋", "Küche 🛋"],
])("%j", (text, escaped) => {
  expect(escapeXml(text)).toBe(escaped);
});

test.each([
  [0, "0"],
  [-0, "0"],
  [1234567, "1,234,567"],
  [1234.5678, "1,234.568"],
  [0.000123456, "0.000123"],
  [1 / 3, "0.333"],
  [1e-9, "1e-9"],
  [1.2345e20, "1.23e+20"],
  [1.2345e30, "1.23e+30"],
  [Number.NaN, "NaN"],
])("%d is written %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test("what is written reads back as nearly the same number", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e308, max: 1e308, noNaN: true }), (value) => {
      const read = Number(formatNumber(value).replaceAll(",", ""));
      expect(Math.abs(read - value)).toBeLessThanOrEqual(Math.abs(value) * 0.0051);
    }),
  );
});

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

test("short text stays, long text ends with an ellipsis and never exceeds the limit", () => {
  expect(shorten("sofa", 4)).toBe("sofa");
  expect(shorten("sofas", 4)).toBe("sof…");
  expect(shorten("😀😀😀", 2)).toBe("😀…");
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), fc.integer({ min: 1, max: 20 }), (text, limit) => {
      const short = shorten(text, limit);
      expect([...short].length).toBeLessThanOrEqual(limit);
      if ([...text].length <= limit) expect(short).toBe(text);
      else expect(text.startsWith(short.slice(0, -1))).toBe(true);
    }),
  );
});
