import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseFragment } from "parse5";
import { escapeHtml } from "../../src/text/escapeHtml.ts";
import { nastyText } from "../support/nastyText.ts";
import { attribute, type Element, textOf } from "../support/readMarkup.ts";

test("an HTML parser reads any text back whole, between tags and in an attribute", () => {
  fc.assert(
    fc.property(nastyText, (text) => {
      // Neither can stand in an HTML file at all.
      const readable = text.replace(/[\0\p{Cs}]/gu, "\uFFFD");
      const [element, ...others] = parseFragment(`<p title="${escapeHtml(text)}">${escapeHtml(text)}</p>`).childNodes;
      expect(others).toEqual([]);
      expect(textOf(element)).toBe(readable);
      expect(attribute(element as Element, "title")).toBe(readable);
    }),
  );
});
