import { describe, expect, test } from "@jest/globals";
import { attribute, readPage, textOf, textsOf } from "@vsi/testing/readMarkup";
import fc from "fast-check";
import { type Block, renderPage } from "../src/page.ts";
import { nastyText } from "./support/nastyText.ts";

/** A page with each kind of block, all texts the same. */
function pageOf(text: string) {
  const table = { columns: [{ head: text }], rows: [[text], [text]], totalsFrom: 1 };
  const blocks: Block[] = [
    { kind: "paragraph", text },
    { kind: "heading", text },
    { kind: "list", items: [text, text] },
    { kind: "table", table, caption: text },
    { kind: "figure", svg: `<svg xmlns="http://www.w3.org/2000/svg"><text>${text}</text></svg>`, caption: text },
    { kind: "code", text },
    { kind: "warning", text },
  ];
  return { title: text, lead: text, blocks: [...blocks, { kind: "details", summary: text, blocks } as Block] };
}

test("whatever the text, a parser finds it whole in every place and no element but ours", () => {
  const plain = readPage(renderPage(pageOf("plain"))).elements.map(({ tagName }) => tagName);
  fc.assert(
    fc.property(nastyText, (text) => {
      const page = readPage(renderPage(pageOf(text)));
      expect(page.elements.map(({ tagName }) => tagName)).toEqual(plain);
      const readable = text.replace(/[\0\p{Cs}]/gu, "\uFFFD");
      for (const place of ["title", "h1", "h2", "li", "th", "td", "figcaption", "code", "summary"]) {
        expect(new Set(textsOf(page, place))).toEqual(new Set([readable]));
      }
      expect(textsOf(page, "p")).toContain(`Warning: ${readable}`);
    }),
  );
});

describe("the page", () => {
  const page = readPage(renderPage(pageOf("text")));

  test("is HTML that a parser has nothing against, and the same bytes each time", () => {
    expect(page.errors).toEqual([]);
    expect(renderPage(pageOf("text"))).toBe(renderPage(pageOf("text")));
  });

  test("runs nothing and loads nothing", () => {
    const policy = page.elements.find((element) => attribute(element, "http-equiv") === "Content-Security-Policy");
    expect(attribute(policy!, "content")).toBe("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    expect(page.elements.map(({ tagName }) => tagName)).not.toContain("script");
    for (const { attrs } of page.elements) {
      for (const { name, value } of attrs) {
        expect(name).not.toMatch(/^on/);
        if (name === "src" || name === "href") expect(value).toMatch(/^data:/);
      }
    }
    expect(textsOf(page, "style").join()).not.toMatch(/url\(|@import/);
  });

  test("sets totals apart and describes figures", () => {
    expect(textsOf(page, "tfoot")).toEqual(["text", "text"]);
    const images = page.elements.filter(({ tagName }) => tagName === "img");
    expect(images.map((image) => attribute(image, "alt"))).toEqual(["text", "text"]);
  });

  test("an image's address gives the SVG back", () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        const svg = `<svg>${text.replace(/\p{Cs}/gu, "\uFFFD").replaceAll("\0", "")}</svg>`;
        const { elements } = readPage(
          renderPage({ title: "", lead: "", blocks: [{ kind: "figure", svg, caption: "" }] }),
        );
        const image = elements.find(({ tagName }) => tagName === "img");
        const data = new URL(attribute(image!, "src")!).href.replace(/^data:image\/svg\+xml;charset=utf-8,/, "");
        expect(decodeURIComponent(data)).toBe(svg);
      }),
    );
  });
});

test("a page without blocks", () => {
  const page = readPage(renderPage({ title: "", lead: "", blocks: [] }));
  expect(page.errors).toEqual([]);
  expect(page.elements.filter(({ tagName }) => tagName === "main").map(textOf)).toEqual(["\n\n\n"]);
});
