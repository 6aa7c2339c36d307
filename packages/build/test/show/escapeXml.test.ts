import { expect, test } from "@jest/globals";
import { escapeXml } from "../../src/show/escapeXml.ts";

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
